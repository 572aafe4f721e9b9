"""Process: every stage in turn, from a received claim to a proposal before a person."""

from noticedesk.desk.desk import Desk
from noticedesk.desk.stages import checking, comparing, gathering, proposing, stage
from noticedesk.desk.tally import Tally

STAGES = ("check", "gather", "compare", "propose")
"""The stages in their order."""


def run(desk: Desk, name: str) -> Tally:
    """Runs one stage over one chunk of what is due."""
    match name:
        case "check":
            return stage.run(desk, checking.STAGE)
        case "gather":
            return stage.run(desk, gathering.STAGE)
        case "compare":
            return stage.run(desk, comparing.STAGE)
        case "propose":
            return stage.run(desk, proposing.STAGE)
    raise ValueError(f"no stage {name}; the stages are {', '.join(STAGES)}")


def run_all(desk: Desk) -> Tally:
    """Runs every stage, chunk by chunk, until nothing is due."""
    total = Tally()
    for name in STAGES:
        while (tally := run(desk, name)).taken:
            total += tally
    return total
