from datetime import timedelta

import pytest

from noticedesk.model.duration import Duration, DurationError, duration


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PT24H", Duration(length=timedelta(hours=24))),
        ("P1DT12H30M", Duration(length=timedelta(days=1, hours=12, minutes=30))),
        ("P2W", Duration(length=timedelta(weeks=2))),
        ("P10BD", Duration(business_days=10)),
    ],
)
def test_a_duration_reads_as_written(text: str, expected: Duration) -> None:
    assert duration(text) == expected


@pytest.mark.parametrize("text", ["", "P", "PT", "P0D", "1D", "P1M", "P1Y", "P1BDT1H", "P1D ", "p1d", "P-1D"])
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(DurationError, match="no duration"):
        duration(text)
