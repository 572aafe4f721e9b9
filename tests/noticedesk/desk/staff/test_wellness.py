"""Wellness: pictures as a person wants them, reveals counted for them alone, and a pause when it is due."""

from noticedesk.desk.desk import Desk
from noticedesk.desk.staff import wellness
from noticedesk.desk.staff.wellness import Way
from noticedesk.model.person import Person, Preferences, Role
from noticedesk.model.right import RightKind
from tests.noticedesk.desk.factory import Time, person


def liked(desk: Desk, who: Person) -> Preferences:
    with desk.db.read() as look:
        return wellness.of(look, who.id)


def works(desk: Desk, who: Person) -> Preferences:
    with desk.db.write() as tx:
        return wellness.worked(tx, wellness.of(tx, who.id), desk.now())


def test_goods_are_plain_and_what_is_flagged_is_blurred_unless_somebody_chose_otherwise(desk: Desk) -> None:
    ann = person(desk, Role.SPECIALIST)
    assert wellness.way(liked(desk, ann), RightKind.TRADEMARK, flagged=False) is Way.PLAIN
    assert wellness.way(liked(desk, ann), RightKind.TRADEMARK, flagged=True) is Way.BLUR
    wellness.choose(desk, ann, {"trademark": Way.GREY, "flagged": Way.MUTE, "nonsense": Way.MUTE})
    assert wellness.way(liked(desk, ann), RightKind.TRADEMARK, flagged=False) is Way.GREY
    assert wellness.way(liked(desk, ann), RightKind.COPYRIGHT, flagged=True) is Way.MUTE
    assert wellness.way(liked(desk, ann), RightKind.COPYRIGHT, flagged=False) is Way.PLAIN
    assert [kind for kind, _ in liked(desk, ann).pictures] == ["flagged", "trademark"]


def test_reveals_are_counted_by_day_and_old_days_are_forgotten(desk: Desk, time: Time) -> None:
    ann = person(desk, Role.SPECIALIST)
    for _ in range(3):
        wellness.reveal(desk, ann)
    time.pass_(days=1)
    wellness.reveal(desk, ann)
    assert wellness.seen(liked(desk, ann)) == (("2026-11-21", 1), ("2026-11-20", 3))
    time.pass_(days=14)
    wellness.reveal(desk, ann)
    assert wellness.seen(liked(desk, ann)) == (("2026-12-05", 1), ("2026-11-21", 1))


def test_a_pause_is_due_after_fifty_minutes_of_work_and_not_after_a_pause(desk: Desk, time: Time) -> None:
    ann = person(desk, Role.SPECIALIST)
    for _ in range(10):
        assert wellness.nudge(works(desk, ann), desk.now()) == ""
        time.pass_(minutes=5)
    assert wellness.nudge(works(desk, ann), desk.now()) == "You have worked for 50 minutes."
    time.pass_(minutes=11)
    assert wellness.nudge(works(desk, ann), desk.now()) == ""


def test_a_pause_is_due_after_many_reveals(desk: Desk, time: Time) -> None:
    ann = person(desk, Role.SPECIALIST)
    works(desk, ann)
    for _ in range(wellness.REVEALS - 1):
        wellness.reveal(desk, ann)
    assert wellness.nudge(liked(desk, ann), desk.now()) == ""
    wellness.reveal(desk, ann)
    assert "revealed 20" in wellness.nudge(liked(desk, ann), desk.now())
    time.pass_(minutes=11)
    assert wellness.nudge(works(desk, ann), desk.now()) == ""
