"""How a call ends without a result."""


class Ending(Exception):
    """A call that brought no result, and the reason in words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Overrun(Ending):
    """The call needed more time or memory than it may; its worker was killed or will not be used again."""


class Crashed(Ending):
    """The worker died during the call."""


class Failed(Ending):
    """The function raised an exception: `kind` is the name of its type, `text` what it said."""

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(f"{kind}: {text}" if text else kind)
        self.kind, self.text = kind, text

    def __reduce__(self) -> tuple[type["Failed"], tuple[str, str]]:
        return Failed, (self.kind, self.text)
