"""What can be done about an allegation, and the coded reasons for it."""

from enum import StrEnum


class Action(StrEnum):
    """A measure that a decision orders."""

    REMOVE = "remove"
    DISABLE = "disable"
    GEO_RESTRICT = "geo_restrict"
    DEMOTE = "demote"
    REMOVE_PART = "remove_part"
    LABEL = "label"
    FORWARD_ONLY = "forward_only"
    WARN_ACCOUNT = "warn_account"
    SUSPEND_ACCOUNT = "suspend_account"
    TERMINATE_ACCOUNT = "terminate_account"
    HOLD_FUNDS = "hold_funds"
    RESTORE = "restore"
    NONE = "none"


OF_ACCOUNTS = frozenset({Action.WARN_ACCOUNT, Action.SUSPEND_ACCOUNT, Action.TERMINATE_ACCOUNT, Action.HOLD_FUNDS})
"""What is done about an account, and not about one listing of it."""


class Reason(StrEnum):
    """Why: one code a decision, whatever the words beside it."""

    # what was reported is not what is claimed, or may be there
    NOT_SAME = "not_same"
    LICENSED = "licensed"
    OWN_CATALOGUE = "own_catalogue"
    FIRST_SALE = "first_sale"
    EXCEPTION = "exception"
    NOMINATIVE = "nominative"
    NOT_PROVEN = "not_proven"
    DISTRIBUTION_DISPUTE = "distribution_dispute"
    NOT_OURS = "not_ours"
    GONE = "gone"
    ABUSIVE = "abusive"
    # it infringes, or the law or the terms ask for the measure
    COPY = "copy"
    DERIVATIVE = "derivative"
    IDENTICAL_SIGN = "identical_sign"
    SIMILAR_SIGN = "similar_sign"
    COUNTERFEIT = "counterfeit"
    DESIGN_COPY = "design_copy"
    PATENT_ADJUDICATED = "patent_adjudicated"
    CIRCUMVENTION = "circumvention"
    EFFECTIVE_NOTICE = "effective_notice"
    COURT_ORDER = "court_order"
    COURT_ACTION = "court_action"
    TERMS = "terms"
    REPEAT_INFRINGER = "repeat_infringer"
    PENDING_REVIEW = "pending_review"
    FORWARDED_BY_LAW = "forwarded_by_law"
    # it comes back
    COUNTER_NOTICE_LAPSE = "counter_notice_lapse"
    RETRACTED = "retracted"
    APPEAL_UPHELD = "appeal_upheld"
    OUR_ERROR = "our_error"
    ORDER_LIFTED = "order_lifted"
    PERIOD_ENDED = "period_ended"
    ACTION_DISMISSED = "action_dismissed"
    ACTION_SETTLED = "action_settled"
    OPTED_OUT = "opted_out"


SAME_BUT_ALLOWED = frozenset(
    {Reason.LICENSED, Reason.OWN_CATALOGUE, Reason.FIRST_SALE, Reason.EXCEPTION, Reason.NOMINATIVE}
)
"""The match is real and permitted: this is not a wrong match, and calibration must not learn it as one."""

DISMISSALS = SAME_BUT_ALLOWED | {
    Reason.NOT_SAME,
    Reason.NOT_PROVEN,
    Reason.DISTRIBUTION_DISPUTE,
    Reason.NOT_OURS,
    Reason.GONE,
    Reason.ABUSIVE,
}
"""The reasons for doing nothing."""

_INFRINGES = frozenset(
    {
        Reason.COPY,
        Reason.DERIVATIVE,
        Reason.IDENTICAL_SIGN,
        Reason.SIMILAR_SIGN,
        Reason.COUNTERFEIT,
        Reason.DESIGN_COPY,
        Reason.PATENT_ADJUDICATED,
        Reason.CIRCUMVENTION,
        Reason.EFFECTIVE_NOTICE,
        Reason.COURT_ORDER,
        Reason.COURT_ACTION,
        Reason.TERMS,
    }
)

REASONS: dict[Action, frozenset[Reason]] = {
    Action.REMOVE: _INFRINGES,
    Action.DISABLE: _INFRINGES,
    Action.GEO_RESTRICT: _INFRINGES,
    Action.DEMOTE: _INFRINGES | {Reason.PENDING_REVIEW},
    Action.REMOVE_PART: _INFRINGES,
    Action.LABEL: _INFRINGES | {Reason.PENDING_REVIEW},
    Action.FORWARD_ONLY: frozenset({Reason.FORWARDED_BY_LAW}),
    Action.WARN_ACCOUNT: _INFRINGES | {Reason.REPEAT_INFRINGER},
    Action.SUSPEND_ACCOUNT: frozenset({Reason.REPEAT_INFRINGER, Reason.COUNTERFEIT, Reason.COURT_ORDER, Reason.TERMS}),
    Action.TERMINATE_ACCOUNT: frozenset({Reason.REPEAT_INFRINGER, Reason.COURT_ORDER, Reason.TERMS}),
    Action.HOLD_FUNDS: frozenset({Reason.COUNTERFEIT, Reason.COURT_ORDER, Reason.TERMS, Reason.PENDING_REVIEW}),
    Action.RESTORE: frozenset(
        {
            Reason.COUNTER_NOTICE_LAPSE,
            Reason.RETRACTED,
            Reason.APPEAL_UPHELD,
            Reason.OUR_ERROR,
            Reason.ORDER_LIFTED,
            Reason.COURT_ORDER,
            Reason.PERIOD_ENDED,
            Reason.ACTION_DISMISSED,
            Reason.ACTION_SETTLED,
            Reason.OPTED_OUT,
        }
    ),
    Action.NONE: DISMISSALS,
}
"""Which reasons may stand for which action; a decision outside this table is refused."""
