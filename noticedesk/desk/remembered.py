"""Pictures described once: the same reference stands in many cases of a run."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable

from matchers.image import Picture
from noticedesk.compare import Described

MOST = 300
"""How many descriptions are kept, at about 0.2 MB each."""


def remembered(describe: Callable[[bytes], Described]) -> Callable[[bytes], Described]:
    """The same function, which knows the latest pictures again; what could not be read is tried again each time."""
    known: OrderedDict[str, Picture] = OrderedDict()

    def described(body: bytes) -> Described:
        digest = hashlib.sha256(body).hexdigest()
        if digest in known:
            known.move_to_end(digest)
            return known[digest]
        found = describe(body)
        if isinstance(found, Picture):
            known[digest] = found
            if len(known) > MOST:
                known.popitem(last=False)
        return found

    return described
