"""The names that forms and tables use."""

import pytest

from noticedesk.intake.rules import Columns, load_rules, plain, shipped
from noticedesk.model.document import Field
from noticedesk.settings import SettingError, conform, data_folder, read


def test_no_name_stands_for_two_fields() -> None:
    columns = read(data_folder("config") / "reading" / "columns.yaml", Columns)
    names = [plain(name) for names in columns.names.values() for name in set(map(plain, names))]
    assert sorted(names) == sorted(set(names))
    assert all(names)


@pytest.mark.parametrize("name", ["Infringing_URL", "infringing-url-3", "Infringing URL #12", "  INFRINGING   url:"])
def test_spelling_does_not_matter(name: str) -> None:
    assert shipped().field_of(name) is Field.INFRINGING_URL


def test_an_unknown_name_is_about_nothing() -> None:
    assert shipped().field_of("favourite colour") is None and shipped().field_of("") is None


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(SettingError, match="infringing_urll"):
        conform({"names": {"infringing_urll": ["x"]}}, Columns, "columns.yaml")


def test_the_shipped_rules_are_those_of_the_folder() -> None:
    loaded = load_rules(data_folder("config") / "reading")
    assert loaded.mail == shipped().mail
