"""The whole description of the API is tried by Schemathesis: no answer that it does not describe, no server error."""

import os
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.specs.openapi.schemas import OpenApiSchema
from tests.samples.node import make_case, make_user
from tests.samples.nodeapi import token_of
from tests.samples.nodeparts import make_parts

from comity.node.api.urls import api
from comity.node.people.roles import Role
from comity.node.wsgi import application

EXAMPLES = int(os.environ.get("API_EXAMPLES", "8"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    ignored_auth,
]
OPERATIONS = sorted(
    operation["operationId"] for path in api.get_openapi_schema()["paths"].values() for operation in path.values()
)


@pytest.fixture(autouse=True)
def _connection_stays() -> Iterator[None]:
    """A server gives back its connection after each call; here it holds the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@cache
def described() -> OpenApiSchema:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_every_operation_answers_as_described(operation_id: str, mode: GenerationMode) -> None:
    person = make_user(*Role)  # so that no operation is refused before it is tried
    headers = {"Authorization": f"Bearer {token_of(person)}"}
    case_of_person = make_case(person)
    operation = described().find_operation_by_id(operation_id)
    known = {"case_id": case_of_person.pk, "username": make_user(Role.DUTY).username, "role": "duty"}
    if set(re.findall(r"{(\w+)}", operation.path)) - known.keys():
        known = make_parts(person, case_of_person) | known

    @given(case=operation.as_strategy(generation_mode=mode), own=st.booleans())
    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def holds(case: schemathesis.Case[Any], own: bool) -> None:
        if own:  # names of things that are there; else whatever Schemathesis makes up
            case.path_parameters.update({name: known[name] for name in case.path_parameters if name in known})
        case.call_and_validate(headers=headers, checks=CHECKS)

    holds()


def test_the_description_is_openapi_3_1_and_names_every_operation_once() -> None:
    assert described().raw_schema["openapi"].startswith("3.1")
    assert len(OPERATIONS) == len(set(OPERATIONS)) > 0
