"""Pages of lists: whatever a cursor says is answered, and every row comes once."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.samples.node import make_case, make_user
from tests.samples.nodeapi import Caller
from tests.samples.noderequests import make_request

from comity.node.oversight.actions.persons import delay, owe
from comity.node.oversight.models import Notification
from comity.node.people.models import Delegation, Shift, Swap, User
from comity.node.people.roles import Role

LISTS = [
    "/cases",
    "/requests",
    "/people",
    "/delegations",
    "/audit/entries",
    "/audit/mine",
    "/audit/checkpoints",
    "/directory/lines",
    "/oversight/published",
    "/oversight/persons",
]
PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(),
    st.dates().map(str),
    st.datetimes().map(datetime.isoformat),
    st.datetimes(timezones=st.timezones()).map(datetime.isoformat),
    st.just("0001-01-01T00:00:00+14:00"),
    st.just("9999-12-31T23:59:59-14:00"),
)


def as_cursor(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize("path", LISTS)
def test_whatever_a_cursor_says_is_answered(path: str) -> None:
    every = Caller(make_user(*Role))

    @given(st.one_of(st.lists(PLAIN, max_size=4).map(as_cursor), PLAIN.map(as_cursor), st.text(max_size=60)))
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    def holds(after: str) -> None:
        answered = every.get(path, after=after)
        assert answered.status_code in ({200, 400, 422} if "\0" in after else {200, 422})

    holds()


@pytest.mark.parametrize(
    "cursor",
    [
        ["2026-11-26T10:00:00", "x"],  # a moment without an offset
        ["2026-11-26", "x"],
        ["2026-11-26T10:00:00Z", 7],  # a key of another type
        ["2026-11-26T10:00:00Z", "\0"],
        ["0001-01-01T00:00:00+14:00", "x"],  # no moment in UTC
        [None, "x"],
        ["2026-11-26T10:00:00Z"],
        ["2026-11-26T10:00:00Z", "x", "y"],
        {},
    ],
)
def test_what_is_no_next_of_a_page_is_named(cursor: Any) -> None:
    refused = Caller(make_user(Role.INVESTIGATOR)).get("/cases", after=as_cursor(cursor))
    assert refused.status_code == 422
    assert [one["field"] for one in refused.json()["errors"]] == ["after"]


def walk(caller: Caller, path: str, limit: int, **wanted: str) -> list[dict[str, Any]]:
    seen, after = [], ""
    while True:
        page = caller.get(path, limit=limit, after=after, **wanted).json()
        assert len(page["items"]) <= limit
        seen += page["items"]
        after = page["next"]
        if not after:
            return seen


@given(ends=st.lists(st.integers(1, 3), max_size=9), limit=st.integers(1, 4))
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_row_comes_once_also_where_many_are_alike(ends: list[int], limit: int) -> None:
    asha, other, now = make_user(Role.INVESTIGATOR), make_user(Role.INVESTIGATOR), timezone.now()
    made = [
        Delegation.objects.create(by=asha, to=other, starts_at=now, ends_at=now + timedelta(days=days), reason="leave")
        for days in ends
    ]
    seen = walk(Caller(asha), "/delegations", limit)
    made.sort(key=lambda row: (row.ends_at, row.pk), reverse=True)
    assert [one["id"] for one in seen] == [row.pk for row in made]


def test_who_is_due_first_stands_first_and_comes_once() -> None:
    person = make_user(Role.INVESTIGATOR, Role.AUTHORITY)
    case = make_case(person)
    request, first = make_request(person, case), datetime(2026, 12, 1, tzinfo=UTC).date()
    for days in (3, 0, 2, 0, 1):
        due = first + timedelta(days=days)
        Notification.objects.create(request=request, person="x", rule="law", due_on=due, added_by=person)
    found = [one["due_on"] for one in walk(Caller(person), "/oversight/persons", 2)]
    assert found == sorted(found)
    assert len(found) == 5


def test_the_directory_comes_whole_by_pages() -> None:
    asha = Caller(make_user(Role.INVESTIGATOR))
    seen = [one["id"] for one in walk(asha, "/directory/lines", 200, state="FR")]
    assert len(seen) == len(set(seen)) > 0
    assert seen == [one["id"] for one in walk(asha, "/directory/lines", 3, state="FR")]


@pytest.mark.parametrize("path", ["/people", "/delegations", "/roster", "/oversight/persons", "/audit/mine"])
def test_a_longer_list_takes_no_more_queries(path: str) -> None:
    person = make_user(*Role)
    every, case, now = Caller(person), make_case(person), timezone.now()

    def add() -> None:
        other = make_user(Role.DUTY, Role.INVESTIGATOR)
        end = now + timedelta(days=1)
        Delegation.objects.create(by=person, to=other, case=case, starts_at=now, ends_at=end, reason="leave")
        shift = Shift.objects.create(user=other, starts_at=now, ends_at=end)
        Swap.objects.create(shift=shift, to=person, asked_by=other)
        owed = owe(person, request=make_request(person, case, again=True), person="x", rule="law", due_on=now.date())
        delay(person, notification=owed, version=1, until=end.date(), reason="x", authority="x")

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert every.get(path).status_code == 200
        return len(captured)

    add()
    count()  # the first use of the token is noted
    few = count()
    add()
    add()
    assert count() == few


def test_the_trail_comes_whole_by_pages() -> None:
    every = make_user(*Role)
    for _ in range(5):
        make_case(every)
    numbers = [one["number"] for one in walk(Caller(every), "/audit/mine", 2)]
    assert numbers == sorted(set(numbers), reverse=True)
    assert len(numbers) == 6  # and the token
    assert User.objects.count() == 1
