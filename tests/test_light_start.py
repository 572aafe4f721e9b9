"""`noticedesk --help` answers at once, because it imports nothing heavy."""

import subprocess
import sys

HEAVY = ("prefect", "fastapi", "sqlalchemy", "pydantic", "jinja2", "requests", "numpy", "PIL", "cv2")
PROGRAM = """
import sys
from noticedesk.cli import main
try:
    main(["--help"])
except SystemExit as end:
    assert not end.code, end.code
print(*[name for name in sys.argv[1:] if name in sys.modules], file=sys.stderr)
"""


def test_help_imports_nothing_heavy() -> None:
    run = subprocess.run([sys.executable, "-c", PROGRAM, *HEAVY], capture_output=True, text=True, check=True)
    assert run.stderr.split() == []
    assert "Usage: noticedesk" in run.stdout
