from datetime import date
from pathlib import Path

import pytest

from noticedesk.regime import by_id, check_letters, for_countries, in_force, load
from noticedesk.settings import SettingError, data_folder
from tests.noticedesk.regime.factory import law, written

SHIPPED = load(data_folder("config") / "regimes")


def test_every_shipped_regime_loads_and_says_that_no_lawyer_has_signed_it() -> None:
    assert {"us_dmca_512c", "mp_trademark", "mp_counterfeit"} <= {regime.id for regime in SHIPPED}
    assert all(not regime.reviewed_by_counsel and regime.uncertain for regime in SHIPPED)


@pytest.mark.parametrize("regime", SHIPPED, ids=lambda regime: regime.id)
def test_every_value_of_a_shipped_regime_stands_with_its_reference(regime) -> None:
    for version in regime.versions:
        rules = (*version.elements, *version.counter_notice.elements, *version.timers, *version.duties)
        assert all(rule.reference and rule.tag for rule in rules)


@pytest.mark.parametrize("regime", SHIPPED, ids=lambda regime: regime.id)
def test_what_is_called_policy_is_tagged_policy(regime) -> None:
    for version in regime.versions:
        rules = (*version.elements, *version.timers, *version.duties)
        assert [rule.id for rule in rules if rule.reference == "policy" and rule.tag != "policy"] == []


def test_a_regime_applies_from_its_first_day_and_not_before(tmp_path: Path) -> None:
    regimes = load(written(tmp_path, law()))
    assert in_force(regimes, date(1999, 12, 31)) == ()
    assert [law.version.version for law in in_force(regimes, date(2000, 1, 1))] == [1]


def test_of_two_versions_the_one_of_the_date_applies(tmp_path: Path) -> None:
    changed = law()
    changed["versions"][0]["until"] = "2025-12-31"
    changed["versions"].append({**changed["versions"][0], "version": 2, "since": "2026-01-01", "until": None})
    regimes = load(written(tmp_path, changed))
    assert [in_force(regimes, day)[0].version.version for day in (date(2025, 12, 31), date(2026, 1, 1))] == [1, 2]


def test_a_regime_of_a_country_applies_only_to_services_there() -> None:
    here = {law.id for law in for_countries(in_force(SHIPPED, date(2026, 11, 22)), ["DE"])}
    assert {"eu_dsa", "mp_trademark"} <= here
    assert not {"us_dmca_512c", "ca_notice_notice"} & here


def test_an_unknown_regime_is_refused_with_the_nearest() -> None:
    with pytest.raises(SettingError, match="did you mean us_dmca_512c"):
        by_id(SHIPPED, "us_dmca_512cc")


def test_a_file_must_bear_the_name_of_its_regime(tmp_path: Path) -> None:
    written(tmp_path, law()).joinpath("xx_law.yaml").rename(tmp_path / "other.yaml")
    with pytest.raises(SettingError, match=r"other\.yaml: id is xx_law"):
        load(tmp_path)


def test_a_letter_of_a_duty_needs_a_template(tmp_path: Path) -> None:
    changed = law()
    duty = {"id": "tell", "do": "Tell", "to": "seller", "standard": "promptly", "reference": "s 3", "tag": "general"}
    changed["versions"][0]["duties"] = [{**duty, "letter": "any/reciept"}]
    regimes = load(written(tmp_path, changed))
    with pytest.raises(SettingError, match="duty tell names letter any/reciept; did you mean any/receipt"):
        check_letters(regimes, ["any/receipt"])
    check_letters(regimes, ["any/reciept"])
