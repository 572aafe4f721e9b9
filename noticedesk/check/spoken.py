"""What statements and things are called: one file for each language, heard together."""

from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path

from noticedesk.check.wording import Spoken
from noticedesk.settings import SettingError, nearest, read

Phrases = Mapping[str, tuple[str, ...]]


def load_spoken(folder: Path) -> Spoken:
    """What all languages of a folder call the same; raises SettingError for a name that English has not."""
    english = read(folder / "en.yaml", Spoken)
    others = {file.name: read(file, Spoken) for file in sorted(folder.glob("*.yaml")) if file.name != "en.yaml"}
    for file, spoken in others.items():
        _known(file, spoken.cues, english.cues)
        _known(file, spoken.words, english.words)
    every = (english, *others.values())
    return Spoken(
        cues=_together(one.cues for one in every),
        not_own=tuple(chain.from_iterable(one.not_own for one in every)),
        words=_together(one.words for one in every),
    )


def _known(file: str, names: Phrases, english: Phrases) -> None:
    for name in names:
        if name not in english:
            raise SettingError(f"{file}: en.yaml has no {name}{nearest(name, english)}")


def _together(languages: Iterable[Phrases]) -> dict[str, tuple[str, ...]]:
    """The phrases of each name, one language after the other."""
    every = list(languages)
    return {name: tuple(chain.from_iterable(one.get(name, ()) for one in every)) for name in every[0]}
