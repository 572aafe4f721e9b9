"""Copied texts over many listings at once: every text work of the desk against the descriptions of listings."""

from collections.abc import Iterator, Mapping

from matchers.finding import Finding
from matchers.text import Corpus
from noticedesk import store
from noticedesk.model.right import AssetKind, Work
from noticedesk.store import records


def copied(look: store.Look, descriptions: Mapping[str, str]) -> Iterator[Finding]:
    """Which descriptions (by listing) copy which work, with the spans in both; not all pairs are compared.

    `ours` is the id of the work, `theirs` that of the listing. A text of too few words is a finding of its own.
    """
    works = records.find(look, Work, kind=[AssetKind.TEXT, AssetKind.CODE])
    corpus = Corpus({work.id: work.description for work in works if work.description})
    for id, why in corpus.unmatchable.items():
        yield Finding(matcher="passage", ours=id, theirs="", outcome="unmatchable", reason=why)
    yield from corpus.copies(descriptions)
