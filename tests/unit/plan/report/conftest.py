"""The hand-made plan, for the tests of the report."""

import pytest
from tests.samples.plan import build_plan

from comity.plan.model import Plan


@pytest.fixture
def plan() -> Plan:
    return build_plan()
