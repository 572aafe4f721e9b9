"""The forms of the files in config/reading: cue phrases, form questions, words about URLs, kinds and flags."""

from typing import Literal

from noticedesk.check.forms import Question
from noticedesk.model.document import Field
from noticedesk.model.notice import NoticeKind
from noticedesk.model.verdict import Status
from noticedesk.settings import shape

Within = Literal["sentence", "neighbours", "paragraph", "document"]


@shape
class Recipe:
    """Cues that together make a statement when they stand within the same stretch of the sender's words."""

    cues: tuple[str, ...]
    within: Within = "sentence"
    gives: Status = Status.PRESENT


@shape
class Statements:
    """Form of config/reading/statements.yaml."""

    statements: dict[str, tuple[Recipe, ...]]
    affirmed: tuple[str, ...]
    refused: tuple[str, ...]


@shape
class Spoken:
    """Form of the files in config/reading/spoken: what statements and things are called in one language."""

    cues: dict[str, tuple[str, ...]]
    not_own: tuple[str, ...]
    words: dict[str, tuple[str, ...]]


@shape
class FormQuestions:
    """Form of config/reading/forms.yaml."""

    questions: tuple[Question, ...]


@shape
class Label:
    """Names of lines that head or introduce what fills a slot."""

    slot: str
    names: tuple[str, ...]


@shape
class Labels:
    """Form of config/reading/labels.yaml."""

    labels: tuple[Label, ...]
    fields: dict[Field, str]
    also_known: tuple[str, ...]


@shape
class Zones:
    """Form of config/reading/zones.yaml."""

    preface: tuple[str, ...]
    placeholders: tuple[str, ...]
    gone_marks: tuple[str, ...]
    closings: tuple[str, ...]
    signature_labels: tuple[str, ...]
    signed_by: tuple[str, ...]
    reach: tuple[str, ...]
    others_reach: tuple[str, ...]
    recipient: tuple[str, ...]
    address_label: tuple[str, ...]
    street: tuple[str, ...]


@shape
class NameWords:
    """Form of config/reading/names.yaml."""

    speaks_for: tuple[str, ...]
    speaker: tuple[str, ...]
    self_named: tuple[str, ...]
    own_right: tuple[str, ...]
    others_right: tuple[str, ...]
    name_labels: tuple[str, ...]
    companies: tuple[str, ...]
    shortened: tuple[str, ...]
    particles: tuple[str, ...]
    not_names: tuple[str, ...]
    places: tuple[str, ...]


@shape
class Languages:
    """Form of config/reading/languages.yaml."""

    covered: tuple[str, ...]
    share: float
    words: dict[str, tuple[str, ...]]
    foreign_scripts: tuple[str, ...]


@shape
class Way:
    """How one element is looked for: a way by name, a statement's recipe, the form slots that give it."""

    by: str
    statement: str = ""
    slots: tuple[str, ...] = ()


@shape
class Elements:
    """Form of config/reading/elements.yaml."""

    elements: dict[str, Way]
    retraction: tuple[str, ...]
    retraction_cure: str


@shape
class Wrapper:
    """A service that wraps URLs: where in its own URL the wrapped one stands."""

    host: str
    path: str = ""
    parameter: str = ""
    between: tuple[str, str] | None = None
    query: bool = False
    coding: Literal["", "proofpoint"] = ""


@shape
class OwnPage:
    """Pages of the platform itself: the start of their host and path."""

    host: str
    path: str


@shape
class Unspecific:
    """Pages that show many things at once, told by query keys, path segments or endings."""

    why: str
    query: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()


@shape
class Urls:
    """Form of config/reading/urls.yaml."""

    defanged: dict[str, str]
    wrappers: tuple[Wrapper, ...]
    endings: tuple[str, ...]
    file_endings: tuple[str, ...]
    own_pages: tuple[OwnPage, ...]
    unspecific: tuple[Unspecific, ...]
    accounts: tuple[str, ...]
    roles: dict[str, tuple[str, ...]]


@shape
class Points:
    """Phrases any of which counts so much for a kind, once; with `slots`, only in answers to those questions."""

    points: int
    any: tuple[str, ...]
    slots: tuple[str, ...] = ()


@shape
class KindRule:
    """What speaks for and against a kind, and the least that counts."""

    kind: NoticeKind
    needs: int
    cues: tuple[Points, ...]
    against: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    never_on_form: bool = False
    never_complaining: bool = False


@shape
class KindWords:
    """What tells a complaint from talk, each by its phrases."""

    copyright: tuple[str, ...]
    asks_removal: tuple[str, ...]
    accuses: tuple[str, ...]
    asks_return: tuple[str, ...]
    item_named: tuple[str, ...]


@shape
class Kinds:
    """Form of config/reading/kinds.yaml."""

    regimes: dict[NoticeKind, tuple[str, ...]]
    read_as: dict[NoticeKind, str]
    cites: dict[str, tuple[str, ...]]
    fields: dict[str, NoticeKind]
    words: KindWords


@shape
class KindRules:
    """Form of the files in config/reading/answers and rights."""

    rules: tuple[KindRule, ...]


@shape
class Thread:
    """Form of config/reading/thread.yaml."""

    announces_court_action: tuple[str, ...]
    takes_back_part: tuple[str, ...]
    spares_part: tuple[str, ...]


@shape
class FlagRule:
    """A flag, the way it sends a notice, and the cues that must, and must not (`unless`), stand in one sentence."""

    id: str
    route: Literal["safety", "forbidden", "grey"]
    any: tuple[str, ...]
    beside: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@shape
class Flags:
    """Form of config/reading/flags.yaml and of the files in config/reading/grey."""

    flags: tuple[FlagRule, ...]
