"""`python -m flows NAME... [--once]` runs flows in the order given; `python -m flows serve` runs them by schedule."""

import sys

from flows.serve import serve
from noticedesk.settings import SettingError


def main(arguments: list[str]) -> int:
    """Does what is asked; exit code 0 done, 1 failed, 2 unknown flow."""
    try:
        return serve() if arguments == ["serve"] else _run(arguments)
    except SettingError as error:
        print(f"noticedesk: {error}", file=sys.stderr)
        return 1


def _run(arguments: list[str]) -> int:
    # Imported late: this imports Prefect, which must not know its server yet when `serve` starts one.
    from flows.now import run_until_done

    return run_until_done([name for name in arguments if name != "--once"], once="--once" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
