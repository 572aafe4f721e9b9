"""Marks in the titles of listings: what the database finds is what the matcher finds in memory."""

import random
from dataclasses import replace

import pytest

from matchers.text import Marks
from noticedesk import store
from noticedesk.model.listing import Listing
from noticedesk.store import marks, records
from tests.noticedesk.store.factory import BOTH, listing

SOUGHT = ["Vantrello", "Oak Meridian", "Haddonwick", "Velkoru", "KXO", "Meridian 180", "Apple"]
WORDS = [
    *("blue", "running", "shoes", "desk", "lamp", "for", "women", "42", "cm", "pack"),
    *("of", "oak", "steel", "garden", "hose", "apple", "pie", "green", "new", "set"),
]
DISGUISED = [
    *("Vantrelo", "V4ntr3llo", "V a n t r e l l o", "Вантрелло", "ヴァントレロ", "ｖａｎｔｒｅｌｌｏ", "van-trello"),
    *(
        "OakMeridian",
        "Oak Merdian",
        "haddonwik",
        "H@ddonw1ck",
        "V.E.L.K.0.R.U",
        "velk0rru",
        "KXO",
        "M:e:r:i:d:i:a:n: :1:8:0",
    ),
]


def titles(count: int) -> list[str]:
    chance = random.Random(11)
    plain = [" ".join(chance.choices(WORDS, k=8)).title() for _ in range(count)]
    found = [f"{title} {DISGUISED[n % len(DISGUISED)]}" if n % 3 == 0 else title for n, title in enumerate(plain)]
    return [f"{title} {slipped(chance)}" if n % 5 == 1 else title for n, title in enumerate(found)]


def slipped(chance: random.Random) -> str:
    """A name with up to two letters dropped, doubled, exchanged or read as others, anywhere in it."""
    name = chance.choice(SOUGHT)
    for _ in range(chance.randint(0, 2)):
        at = chance.randrange(1, len(name))
        letter = chance.choice("aeiou0134 .-")
        name = chance.choice(
            [
                name[:at] + name[at + 1 :],
                name[:at] + name[at] + name[at:],
                name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :],
                name[:at] + letter + name[at + 1 :],
            ]
        )
    return name


@BOTH
def test_the_database_finds_what_the_matcher_finds(db: store.Database) -> None:
    saved = [listing(title=title) for title in titles(2_000)]
    with db.write() as tx:
        records.add(tx, saved)
        assert marks.refresh(tx) == len(saved)
    with db.read() as look:
        found = dict(marks.search(look, SOUGHT))
    scorer = Marks(SOUGHT)
    assert found == {one.id: hits for one in saved if (hits := scorer.find(one.title))}
    assert len(found) > 700


@BOTH
def test_a_changed_title_is_found_by_its_new_words(db: store.Database) -> None:
    one = listing(title="Vantrello shoes")
    with db.write() as tx:
        records.add(tx, [one, listing(title="")])
        assert (marks.refresh(tx), marks.refresh(tx)) == (1, 0)
        records.replace(tx, replace(records.get(tx, Listing, one.id), title="Velkoru shoes"))
        assert marks.refresh(tx) == 1
    with db.read() as look:
        assert [id for id, _ in marks.search(look, ["Velkoru"])] == [one.id]
        assert list(marks.search(look, ["Vantrello"])) == []


@pytest.mark.postgres
@pytest.mark.parametrize("db", ["postgres"], indirect=True)
def test_postgresql_narrows_the_titles_down_before_they_are_scored(db: store.Database) -> None:
    with db.write() as tx:
        records.add(tx, [listing(title=title) for title in titles(180)])
        marks.refresh(tx)
    with db.read() as look:
        assert len(list(marks._candidates(look, ["Haddonwick"]))) < 40
