"""Keys for a search in a database: what of a title or mark can be compared there before it is scored here."""

from collections.abc import Iterator

from matchers.text.letters import fold
from matchers.text.mark import Mark
from matchers.text.sounds import sound
from matchers.text.views import View, views
from matchers.text.windows import word_patterns


def title_key(title: str) -> str:
    """Every reading of a title folded as marks are, once with gaps and once without; one line a reading."""
    return "\n".join(dict.fromkeys(line for view in views(title) for line in _lines(view)))


def mark_keys(mark: str) -> tuple[str, ...]:
    """The keys of a mark, as letters and as sounds; none for what cannot be compared."""
    made = Mark(mark)
    keys = (made.key, made.drawn_out, made.key_in("sound"), made.key_in("kana"))
    return tuple(dict.fromkeys(key for key in keys if key))


def _lines(view: View) -> Iterator[str]:
    for pattern in word_patterns(view):
        words = pattern.findall(view.text)
        if view.script == "letters":
            folded = [piece for word in words if (piece := fold(word))]
            yield from (" ".join(folded), "".join(folded))
        else:
            yield from (" ".join(sound(word, view.script) for word in words), sound("".join(words), view.script))
