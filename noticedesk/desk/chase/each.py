"""Each of many things in one transaction: what fails is told and taken back alone, and is tried again next time."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from noticedesk import store
from noticedesk.desk.desk import Desk
from noticedesk.desk.tally import Tally

Item = TypeVar("Item")


def stirring(items: Iterable[Item], judge: Callable[[Item], bool]) -> list[Item]:
    """The items about which something is to be done; one that cannot be judged is among them, to fail alone."""
    return [item for item in items if _stirs(item, judge)]


def _stirs(item: Item, judge: Callable[[Item], bool]) -> bool:
    try:
        return judge(item)
    except Exception:  # its error is told by `each`, which tries it alone
        return True


def each(desk: Desk, items: Iterable[Item], save: Callable[[store.Transaction, Item], str]) -> Tally:
    """What became of each item, by the word that `save` returns for it; "" is counted nowhere."""
    tally, waiting = Tally(), list(items)
    if not waiting:
        return tally
    with desk.db.write() as tx:
        for item in waiting:
            try:
                with tx.attempt():
                    word = save(tx, item)
            except Exception as error:  # one case's error must not hold up the clocks of the others
                tally.failed(error)
                continue
            if word:
                tally.counts[word] += 1
    return tally
