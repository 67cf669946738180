"""The shipped case, read and planned once; letters of it are drafted from there."""

import pytest
from tests.samples.shipped import Shipped
from tests.samples.shipped import shipped as the_shipped


@pytest.fixture(scope="session")
def shipped() -> Shipped:
    return the_shipped()
