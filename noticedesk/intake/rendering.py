"""A record rendered as text that a person can read, with an answer and its span for every value."""

from noticedesk.intake.charset import clean
from noticedesk.model.document import Answer, Field


class Rendering:
    """Grows "Label: value" lines; every value added is an answer that points at its own words."""

    def __init__(self, text: str = "") -> None:
        self._pieces = [text] if text else []
        self._length = len(text)
        self._answers: list[Answer] = []

    def add(self, label: str, value: str, question: str, field: Field | None = None, group: int = 0) -> None:
        """Adds one line; the value stands in it as it is, cleaned of what cannot be stored."""
        value = clean(value)
        self._write(f"{clean(label)}: ")
        span = (self._length, self._length + len(value))
        self._write(f"{value}\n")
        self._answers.append(Answer(question=clean(question), value=value, span=span, field=field, group=group))

    def say(self, line: str) -> None:
        """Adds a line that answers nothing: a heading, a paragraph break."""
        self._write(f"{clean(line)}\n")

    @property
    def text(self) -> str:
        """Everything written so far."""
        return "".join(self._pieces)

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The answers so far, in the order of the text."""
        return tuple(self._answers)

    def _write(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)
