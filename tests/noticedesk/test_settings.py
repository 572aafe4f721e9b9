"""Settings: what is unknown stops the start, with its name and the nearest valid one."""

from pathlib import Path

import pytest

from noticedesk.model.service import Service
from noticedesk.settings import SettingError, Settings, conform, from_environment, read, shape


@shape
class Inner:
    upper: float
    lower: float = 0.0


@shape
class Form:
    bands: dict[str, Inner]
    names: tuple[Inner, ...] = ()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"bandz": {}}, "unknown key bandz; did you mean bands?"),
        ({"bands": {"a": {"uper": 1, "upper": 1}}}, "unknown key bands.a.uper; did you mean upper?"),
        ({"bands": {}, "names": [{"upper": 1, "lover": 2}]}, "unknown key names.0.lover; did you mean lower?"),
        ({"bands": {"a": {"upper": "high"}}}, "bands.a.upper"),
        ({}, "bands: Field required"),
    ],
)
def test_a_faulty_key_is_named_with_its_place_and_the_nearest_valid_one(value: object, said: str) -> None:
    with pytest.raises(SettingError) as error:
        conform(value, Form, "bands.yaml")
    assert "bands.yaml" in str(error.value)
    assert said in str(error.value)


def test_a_noun_of_the_model_refuses_unknown_keys_too() -> None:
    agent = {"name": "A", "address": "B", "email": "c@d.example", "timezone": "UTC", "phon": "1"}
    with pytest.raises(SettingError, match=r"unknown key agent\.phon; did you mean phone"):
        conform({"id": "s", "name": "S", "hosts": [], "agent": agent}, Service, "services.yaml")


def test_an_unknown_variable_of_ours_stops_the_start() -> None:
    with pytest.raises(SettingError, match="unknown setting NOTICEDESK_DATABSE; did you mean NOTICEDESK_DATABASE"):
        from_environment({"NOTICEDESK_DATABSE": "sqlite://"})


def test_variables_of_others_are_none_of_our_business() -> None:
    assert from_environment({"PATH": "/bin"}) == Settings()


def test_a_secret_belongs_to_a_source_and_is_shown_nowhere() -> None:
    settings = from_environment({"NOTICEDESK_SECRET_NOTICES_BOX": "s3cret"})
    assert settings.secret("notices-box") == "s3cret" and settings.secret("another") == ""
    assert "s3cret" not in repr(settings)
    settings.own_secrets(["notices-box", "another"])
    with pytest.raises(
        SettingError, match=r"NOTICEDESK_SECRET_NOTICES_BOX belongs to no source; did you mean .*NOTICE_BOX"
    ):
        settings.own_secrets(["notice-box"])


def test_the_database_lies_below_home_unless_said_otherwise() -> None:
    assert from_environment({"NOTICEDESK_HOME": "/srv/desk"}).database_url == "sqlite:////srv/desk/claims.db"
    assert from_environment({"NOTICEDESK_DATABASE": "postgresql://x/y"}).database_url == "postgresql://x/y"


def test_a_missing_file_and_broken_yaml_are_told_by_path(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"gone\.yaml is missing"):
        read(tmp_path / "gone.yaml", Form)
    (tmp_path / "broken.yaml").write_text("bands: [")
    with pytest.raises(SettingError, match=r"broken\.yaml"):
        read(tmp_path / "broken.yaml", Form)


def test_a_key_that_stands_twice_is_refused_instead_of_silently_replaced(tmp_path: Path) -> None:
    path = tmp_path / "bands.yaml"
    path.write_text("bands:\n  a: {upper: 1}\n  b: {upper: 1}\n  a: {upper: 2}\n", encoding="utf-8")
    with pytest.raises(SettingError, match="key a stands twice") as error:
        read(path, Form)
    assert "bands.yaml" in str(error.value)
