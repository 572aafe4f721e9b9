"""`python -m noticedesk` is the command line."""

from noticedesk.cli import main

if __name__ == "__main__":
    main()
