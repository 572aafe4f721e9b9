"""Loaded once by the process that children are forked from, so that each starts at once."""

from tests.kill import house
from tests.noticedesk.desk.factory import shipped

shipped()
WORK = house.work
