"""The rights desk of an online platform: complaints of infringement from the mailbox to a decision."""

__version__ = "0.1.0"
