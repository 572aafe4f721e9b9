"""A mark as it is compared with the windows of a title."""

from dataclasses import dataclass
from functools import cached_property

from matchers.text.letters import fold
from matchers.text.sounds import Script, sound
from matchers.text.views import views
from matchers.text.windows import key, words
from matchers.text.words import inflected, ordinary, zipf


@dataclass(frozen=True)
class Mark:
    """A mark in its several forms; none of them has gaps."""

    name: str

    @cached_property
    def key(self) -> str:
        """The folded form, empty when nothing of the mark can be compared."""
        return key(self.name)

    @cached_property
    def raw(self) -> str:
        """The letters and digits of the mark's first view, in lower case."""
        return "".join(self.words)

    @cached_property
    def drawn_out(self) -> str:
        """The key as its characters fold one by one, digits too; empty where that is the same."""
        alone = "".join(map(fold, self.raw))
        return alone if alone != self.key else ""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the mark's first view, in lower case."""
        return words(views(self.name)[0].text) if self.name else ()

    @cached_property
    def zipf(self) -> float:
        """How often English uses the mark as a word or phrase."""
        return zipf(" ".join(self.words))

    @cached_property
    def ordinary(self) -> bool:
        """Whether the mark is one word that English uses for other things too."""
        return len(self.words) == 1 and ordinary(self.raw)

    @cached_property
    def inflected(self) -> float:
        """How often English inflects the mark like a word; 0 for marks of several words."""
        return inflected(self.raw) if len(self.words) == 1 else 0.0

    @property
    def pieces(self) -> int:
        """How many words the mark has."""
        return len(self.words)

    def key_in(self, script: Script) -> str:
        """The key that windows of a script are compared with."""
        return self.key if script == "letters" else sound("".join(filter(str.isalpha, self.raw)), script)
