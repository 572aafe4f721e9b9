"""Campaigns: letters of one template are one group, whatever they name; others are not, and erasure forgets them."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from noticedesk.cli import cli
from noticedesk.desk import process
from noticedesk.desk.cases import waiting
from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import ingest
from noticedesk.model.conduct import Fingerprint
from noticedesk.store import campaigns, erasing, records
from tests.noticedesk.desk.factory import Mail, Web, deliver

STATEMENTS = """I have a good faith belief that use of the material in the manner complained of is not authorized by the
copyright owner, its agent, or the law. The information in this notification is accurate and, under penalty of perjury,
I am authorized to act on behalf of the owner of an exclusive right that is allegedly infringed.

/s/ Maria Lind
Maria Lind, 5 Harbour Road, Portland, ME 04101, USA, +1 207 555 0100, maria@lind.example
"""

TEMPLATE = """Dear team, our studio has found one more of its pictures with you. I own the copyright in the photograph
"%s", which we made for our calendar and sell in our shop by the harbour. Somebody took it from our pages and offers it
as their own, as you can see here:
{urls}
We ask you to take it down today, and to tell us when that is done, since we lose customers every hour that it stays up.

"""

OTHER = """Hello. I paint boats. The painting "%s" is mine and I hold the copyright in it, nobody else does and nobody
was ever told that they may print it on mugs, least of all this seller, who knows me well. The mugs are on your site:
{urls}
Kindly remove them, and write to me at the address below if you need anything else from me at all.

"""


def letters(desk: Desk, home: Path, web: Web, *texts: str) -> list[Fingerprint]:
    """One notice of each text, about a listing of its own."""
    for place, text in enumerate(texts):
        url = web.listing(f"a{place}")
        mail = Mail(text=text + STATEMENTS, urls=(url,), message_id=f"<n{place}@lind.example>")
        deliver(home, {f"{place}.eml": mail.raw()})
    ingest(desk, desk.sources[0])
    with desk.db.read() as look:
        return records.find(look, Fingerprint)


def test_letters_of_one_template_are_one_campaign(desk: Desk, tmp_path: Path, web: Web) -> None:
    made = letters(desk, tmp_path, web, TEMPLATE % "Sunset", TEMPLATE % "Lighthouse at night", TEMPLATE % "Old pier")
    assert len(made) == 3
    assert {one.campaign for one in made} == {made[0].id}
    with desk.db.read() as look:
        assert campaigns.largest(look) == [(made[0].id, 3, 3)]


def test_the_words_that_the_law_asks_of_everybody_make_no_campaign(desk: Desk, tmp_path: Path, web: Web) -> None:
    made = letters(desk, tmp_path, web, TEMPLATE % "Sunset", OTHER % "Harbour")
    assert len({one.campaign for one in made}) == 2
    with desk.db.read() as look:
        assert campaigns.largest(look) == []


def test_the_queue_groups_a_campaign(desk: Desk, tmp_path: Path, web: Web) -> None:
    made = letters(desk, tmp_path, web, TEMPLATE % "Sunset", TEMPLATE % "Lighthouse", OTHER % "Harbour")
    process.run_all(desk)
    with desk.db.read() as look:
        items = list(waiting.waiting(look))
        groups = [one for one in waiting.groups(look, items) if one.by == "campaign"]
    assert [(one.key, one.count) for one in groups] == [(made[0].id, 2)]


def test_what_is_erased_is_found_by_no_template(desk: Desk, tmp_path: Path, web: Web) -> None:
    (made,) = letters(desk, tmp_path, web, TEMPLATE % "Sunset")
    with desk.db.write() as tx:
        erasing.scrub(tx, made.claim)
        assert records.get(tx, Fingerprint, made.id).sketch == ()
    (_, later) = letters(desk, tmp_path, web, TEMPLATE % "Lighthouse")
    assert later.campaign == later.id


def test_the_command_lists_campaigns_and_their_claims(
    desk: Desk, tmp_path: Path, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = letters(desk, tmp_path, web, TEMPLATE % "Sunset", TEMPLATE % "Lighthouse", OTHER % "Harbour")
    monkeypatch.setenv("NOTICEDESK_HOME", str(tmp_path))
    monkeypatch.setenv("NOTICEDESK_DATABASE", f"sqlite:///{tmp_path / 'claims.db'}")
    listed = CliRunner().invoke(cli, ["claims", "--campaigns", "--json"], catch_exceptions=False).output
    assert f'"campaign": "{made[0].id}", "letters": 2, "claims": 2' in listed
    members = CliRunner().invoke(cli, ["claims", "--campaign", made[0].id, "--json"], catch_exceptions=False).output
    assert {one.claim for one in made[:2]} == {line.split('"id": "')[1][:18] for line in members.splitlines()}
