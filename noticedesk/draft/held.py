"""Why a letter is held, in plain words for the person before whom it lies."""

import re

from noticedesk.draft.compile import blanks_in

_BLANK = re.compile(r"\[\[[^\[\]]+\]\](?:; )?")
_NAME = re.compile(r"(?:^|(?<=; ))[a-z_]+: (?=[A-Z])")


def held(problem: str) -> str:
    """The problem of a letter as sentences: what is wrong without its name, and the facts that the case lacks."""
    lacking = [name.replace(".", " ").replace("_", " ") for name in blanks_in(problem)]
    wrong = _NAME.sub("", _BLANK.sub("", problem)).replace(".; ", ". ")
    lacks = f"The case does not tell yet: {', '.join(lacking)}." if lacking else ""
    return " ".join(part for part in (wrong, lacks) if part)
