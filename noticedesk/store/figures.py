"""Views that count: what a desk asks of itself by day and by week, as documented in docs/analysts.md.

Days and weeks are texts such as 2026-03-02, in UTC; a week is named by its Monday.
"""

from typing import Final

_SPELT: Final = {
    "sqlite": {
        "day": "substr({0}, 1, 10)",
        "week": "date(substr({0}, 1, 10), 'weekday 0', '-6 days')",
        "hours": "(julianday({1}) - julianday({0})) * 24",
        "round": "round({0}, 2)",
        "now": "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')",
        "domain": "substr({0}, instr({0}, '@') + 1)",
        "missing": "json_each('[\"' || replace(json_extract(e.details, '$.missing'), ',', '\",\"') || '\"]') m",
        "element": "m.value",
    },
    "postgresql": {
        "day": "to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD')",
        "week": "to_char(date_trunc('week', {0} AT TIME ZONE 'UTC'), 'YYYY-MM-DD')",
        "hours": "(extract(epoch FROM ({1} - {0})) / 3600)::double precision",
        "round": "round(({0})::numeric, 2)::double precision",
        "now": "now()",
        "domain": "split_part({0}, '@', 2)",
        "missing": "unnest(string_to_array(e.details::json ->> 'missing', ',')) AS m(value)",
        "element": "m.value",
    },
}


def _spelt(dialect: str, what: str, *of: str) -> str:
    return _SPELT[dialect][what].format(*of)


_RIGHT = (
    """(SELECT a.claim, min(r.kind) AS kind FROM allegations a JOIN rights r ON r.id = a."right" GROUP BY a.claim)"""
)


def _claims_by_day(dialect: str) -> str:
    return f"""
        SELECT {_spelt(dialect, "day", "c.received_at")} AS day, c.service,
               coalesce(k.kind, '') AS right_kind, c.regime, count(*) AS claims,
               sum(CASE WHEN c.state = 'needs_cure' THEN 1 ELSE 0 END) AS incomplete,
               sum(CASE WHEN c.state IN ('refused', 'expired') THEN 1 ELSE 0 END) AS refused,
               sum(CASE WHEN c.linked IS NOT NULL THEN 1 ELSE 0 END) AS repeats
        FROM claims c LEFT JOIN {_RIGHT} k ON k.claim = c.id
        GROUP BY 1, 2, 3, 4"""


def _backlog(dialect: str) -> str:
    now = _spelt(dialect, "now")
    age = _spelt(dialect, "hours", "w.received_at", now)
    return f"""
        SELECT w.desk, w.lane, w.right_kind,
               CASE WHEN {age} < 24 THEN 'under 1 day' WHEN {age} < 72 THEN '1 to 3 days'
                    WHEN {age} < 168 THEN '3 to 7 days' WHEN {age} < 672 THEN '7 to 28 days'
                    ELSE 'over 28 days' END AS age,
               count(*) AS waiting, sum(CASE WHEN w.due_at < {now} THEN 1 ELSE 0 END) AS overdue,
               min(w.received_at) AS oldest_received_at
        FROM waits w GROUP BY 1, 2, 3, 4"""


def _decision_times(dialect: str) -> str:
    return f"""
        WITH timed AS (
            SELECT {_spelt(dialect, "week", "d.decided_at")} AS week, c.service, c.lane,
                   coalesce(r.kind, '') AS right_kind, {_spelt(dialect, "hours", "c.received_at", "d.decided_at")} AS h
            FROM decisions d JOIN allegations a ON a.id = d.allegation JOIN claims c ON c.id = a.claim
            LEFT JOIN rights r ON r.id = a."right" WHERE d.undone_at IS NULL),
        placed AS (
            SELECT timed.*, row_number() OVER (PARTITION BY week, service, lane, right_kind ORDER BY h) AS place,
                   count(*) OVER (PARTITION BY week, service, lane, right_kind) AS many FROM timed)
        SELECT week, service, lane, right_kind, many AS decisions,
               {_spelt(dialect, "round", "avg(h)")} AS mean_hours,
               {_spelt(dialect, "round", "max(CASE WHEN place = (many + 1) / 2 THEN h END)")} AS median_hours,
               {_spelt(dialect, "round", "max(CASE WHEN place = (9 * many + 9) / 10 THEN h END)")} AS ninth_decile_hours
        FROM placed GROUP BY week, service, lane, right_kind, many"""


def _overturned(dialect: str) -> str:
    later = """EXISTS (SELECT 1 FROM decisions l WHERE l.allegation = d.allegation AND l.undone_at IS NULL
                       AND l.decided_at > d.decided_at AND {})"""
    error, other = "l.reason IN ('appeal_upheld', 'our_error')", "l.reason NOT IN ('appeal_upheld', 'our_error')"
    measure = "d.undone_at IS NULL AND d.action NOT IN ('none', 'restore')"
    restored = f"{measure} AND {later}"
    return f"""
        SELECT {_spelt(dialect, "week", "d.decided_at")} AS week, c.service, d.action, d.reason, count(*) AS decisions,
               sum(CASE WHEN d.undone_at IS NOT NULL THEN 1 ELSE 0 END) AS taken_back,
               sum(CASE WHEN {restored.format(f"l.action = 'restore' AND {error}")} THEN 1 ELSE 0 END)
                   AS overturned,
               sum(CASE WHEN {restored.format(f"l.action = 'restore' AND {other}")} THEN 1 ELSE 0 END)
                   AS restored_otherwise,
               sum(CASE WHEN d.undone_at IS NULL AND d.action = 'none'
                        AND {later.format("l.action NOT IN ('none', 'restore')")} THEN 1 ELSE 0 END) AS acted_on_later
        FROM decisions d JOIN allegations a ON a.id = d.allegation JOIN claims c ON c.id = a.claim
        GROUP BY 1, 2, 3, 4"""


def _clocks_met(dialect: str) -> str:
    now = _spelt(dialect, "now")
    late = f"(k.state = 'missed' OR (k.ended_at > k.due) OR (k.state = 'running' AND k.due < {now}))"
    return f"""
        SELECT {_spelt(dialect, "week", "k.due")} AS week, c.service, k.regime, k.rule, k.kind,
               k.kind LIKE 'statutory%' AS statutory, count(*) AS clocks,
               sum(CASE WHEN k.state = 'satisfied' AND NOT {late} THEN 1 ELSE 0 END) AS met,
               sum(CASE WHEN k.state IN ('satisfied', 'missed', 'running') AND {late} THEN 1 ELSE 0 END) AS missed,
               sum(CASE WHEN k.state = 'running' AND NOT {late} THEN 1 ELSE 0 END) AS running,
               sum(CASE WHEN k.state IN ('cancelled', 'paused') THEN 1 ELSE 0 END) AS set_aside
        FROM clocks k JOIN claims c ON c.id = k.claim GROUP BY 1, 2, 3, 4, 5"""


def _holders(dialect: str) -> str:
    return f"""
        SELECT {_spelt(dialect, "week", "c.received_at")} AS week, c.service, c.principal AS holder,
               count(DISTINCT c.id) AS claims, count(DISTINCT a.id) AS allegations,
               count(DISTINCT CASE WHEN c.state IN ('needs_cure', 'refused', 'expired') THEN c.id END) AS incomplete,
               count(DISTINCT CASE WHEN d.action NOT IN ('none', 'restore') THEN a.id END) AS acted_on,
               count(DISTINCT CASE WHEN d.action = 'none' THEN a.id END) AS dismissed,
               count(DISTINCT CASE WHEN d.action = 'restore' THEN a.id END) AS restored
        FROM claims c LEFT JOIN allegations a ON a.claim = c.id
        LEFT JOIN decisions d ON d.allegation = a.id AND d.undone_at IS NULL
        GROUP BY 1, 2, 3"""


def _senders(dialect: str) -> str:
    return f"""
        SELECT {_spelt(dialect, "week", "n.received_at")} AS week, n.service, n.channel,
               {_spelt(dialect, "domain", "n.sender")} AS sender_domain, n.kind, count(*) AS notices,
               count(DISTINCT n.claim) AS claims,
               sum(CASE WHEN n.verified <> 'no' THEN 1 ELSE 0 END) AS verified,
               sum(CASE WHEN n.state = 'unreadable' THEN 1 ELSE 0 END) AS unreadable,
               sum(CASE WHEN n.state = 'quarantined' THEN 1 ELSE 0 END) AS quarantined
        FROM notices n GROUP BY 1, 2, 3, 4, 5"""


def _sellers(dialect: str) -> str:
    return f"""
        SELECT {_spelt(dialect, "week", "c.received_at")} AS week, l.service, l.account AS seller,
               count(DISTINCT a.id) AS allegations, count(DISTINCT a.listing) AS listings,
               count(DISTINCT c.principal) AS holders,
               count(DISTINCT CASE WHEN d.action NOT IN ('none', 'restore') THEN a.id END) AS acted_on,
               count(DISTINCT CASE WHEN d.action = 'none' THEN a.id END) AS dismissed,
               count(DISTINCT CASE WHEN d.action = 'restore' THEN a.id END) AS restored
        FROM allegations a JOIN claims c ON c.id = a.claim JOIN listings l ON l.id = a.listing
        LEFT JOIN decisions d ON d.allegation = a.id AND d.undone_at IS NULL
        WHERE l.account <> '' GROUP BY 1, 2, 3"""


def _letters(dialect: str) -> str:
    return f"""
        SELECT {_spelt(dialect, "day", "t.drafted_at")} AS day, c.service, t.template, t.language, t.to_role, t.state,
               count(*) AS letters, sum(CASE WHEN t.routine THEN 1 ELSE 0 END) AS routine,
               {_spelt(dialect, "round", "avg(" + _spelt(dialect, "hours", "t.drafted_at", "t.sent_at") + ")")}
                   AS mean_hours_to_sent
        FROM letters t JOIN claims c ON c.id = t.claim GROUP BY 1, 2, 3, 4, 5, 6"""


def _missing_elements(dialect: str) -> str:
    """The check says in the claim's event which elements were missing: ids of the regime's elements, with commas."""
    channel = "(SELECT n.channel FROM notices n WHERE n.claim = c.id ORDER BY n.received_at, n.id LIMIT 1)"
    return f"""
        SELECT {_spelt(dialect, "week", "c.received_at")} AS week, c.service, coalesce({channel}, '') AS channel,
               c.regime, {_spelt(dialect, "element")} AS element, count(DISTINCT c.id) AS claims
        FROM events e JOIN claims c ON c.id = e.claim, {_spelt(dialect, "missing")}
        WHERE e.act = 'claim.needs_cure' AND m.value <> '' GROUP BY 1, 2, 3, 4, 5"""


FIGURES: Final = {
    "v_claims_by_day": _claims_by_day,
    "v_backlog": _backlog,
    "v_decision_times": _decision_times,
    "v_overturned": _overturned,
    "v_clocks_met": _clocks_met,
    "v_holders": _holders,
    "v_senders": _senders,
    "v_sellers": _sellers,
    "v_letters": _letters,
    "v_missing_elements": _missing_elements,
}
"""Each view that counts, and its query."""
