"""Dates of requests: alarms once and to the right person, the calendar, its feed, the start page."""

import base64
import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import SimpleNamespace

import http_ece  # type: ignore[import-untyped]  # it has no types
import msgspec
import pytest
import vobject
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.samples.node import client_of, make_case, make_user
from tests.samples.noderequests import did, make_alarm, make_request, send

from comity.docket import Act
from comity.node.errors import HiddenError, InvalidError
from comity.node.people.models import Shift, User
from comity.node.people.roles import Role
from comity.node.requests.actions.alarms import PASS_ON_AFTER, give_due, pass_on_unseen, see_alarm
from comity.node.requests.actions.own import FEEDS_MAX, make_feed, revoke_feed, subscribe
from comity.node.requests.actions.refresh import refresh_due
from comity.node.requests.models import Alarm, Request, Subscription
from comity.node.requests.tasks import escalate, refresh_clock
from comity.node.requests.tell import send_waiting

DAY = timedelta(days=1)


def preserved(*, asha: User | None = None) -> tuple[User, Request]:
    """A preservation that took effect: it lapses, and is to be renewed before."""
    asha = asha or make_user(Role.INVESTIGATOR)
    meera, ravi = make_user(Role.PROSECUTOR), make_user(Role.AUTHORITY)
    request = make_request(asha, make_case(asha, meera, ravi), again=True)
    send(asha, meera, ravi, request)
    did(ravi, request, Act.TAKE_EFFECT)
    return asha, Request.objects.get(pk=request.pk)


def duty(now: datetime) -> User:
    officer = make_user(Role.DUTY)
    Shift.objects.create(user=officer, starts_at=now - DAY, ends_at=now + 400 * DAY)
    return officer


def test_an_alarm_is_given_once_to_the_handler_and_passed_on_where_nobody_saw_it() -> None:
    asha, request = preserved()
    assert request.alarm_at is not None
    near = request.alarm_at
    officer = duty(timezone.now())
    assert give_due(near - timedelta(seconds=1)) == 0
    for _ in range(2):
        give_due(near)
        pass_on_unseen(near)
        send_waiting()
    alarm = Alarm.objects.get()
    assert (alarm.told, alarm.audience, alarm.level) == (asha, "handler", "near")
    assert [one.to for one in mail.outbox] == [[asha.email]]
    assert request.reference in mail.outbox[0].subject
    assert "@" not in mail.outbox[0].body.replace("comity@", "")
    later = near + PASS_ON_AFTER
    for _ in range(2):
        pass_on_unseen(later)
        send_waiting()
    assert [one.to for one in mail.outbox] == [[asha.email], [officer.email]]
    told = f"{mail.outbox[1].subject} {mail.outbox[1].body}"
    assert request.reference not in told
    assert request.pk not in told
    assert asha.name in told
    pass_on_unseen(later + PASS_ON_AFTER)
    members = Alarm.objects.filter(audience="members").values_list("told__username", flat=True)
    assert set(members) == {one.user.username for one in request.case.memberships.all() if one.user != asha}


def test_what_was_seen_goes_no_further_and_only_who_may_says_so() -> None:
    asha, request = preserved()
    duty(timezone.now())
    give_due(request.alarm_at)  # type: ignore[arg-type]
    alarm = Alarm.objects.get()
    with pytest.raises(HiddenError):
        see_alarm(make_user(Role.AUTHORITY), alarm_id=alarm.pk)
    assert client_of(asha).post(f"/requests/alarms/{alarm.pk}/seen/").status_code == 302
    assert pass_on_unseen(alarm.given_at + 2 * PASS_ON_AFTER) == 0
    assert Alarm.objects.count() == 1


def test_what_should_have_been_renewed_is_not_told_again_each_day() -> None:
    _, request = preserved()
    officer = duty(timezone.now())
    assert request.alarm_at is not None
    for day in range(30):
        now = request.alarm_at + day * DAY
        refresh_due(now)
        give_due(now)
    kinds = list(Alarm.objects.values_list("kind", "level", "period"))
    assert len(kinds) == len(set(kinds))
    assert Alarm.objects.filter(told=officer).exists()


def test_the_clock_turns_by_itself_and_twice_is_once() -> None:
    _, request = preserved()
    assert request.changes_at is not None
    late = request.changes_at + timedelta(minutes=1)
    before = request.next_ends_at
    assert refresh_due(request.changes_at - timedelta(seconds=1)) == 0
    assert refresh_due(late) == 1
    assert refresh_due(late) == 0
    request.refresh_from_db()
    assert request.next_ends_at != before
    assert request.version == Request.objects.get(pk=request.pk).version
    refresh_clock.func()
    escalate.func()


def test_start_page_and_calendar_cost_the_same_however_much_there_is() -> None:
    asha, _ = preserved()
    counts = []
    browser = client_of(asha)
    for _ in range(2):
        for address in ("/", "/requests/calendar/", "/requests/alarms/", "/requests/twice/"):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert browser.get(address).status_code in {200, 403}
            counts.append(len(queries))
        for _ in range(3):
            make_alarm(preserved(asha=asha)[1], asha)
    assert counts[1] == counts[5]
    assert abs(counts[0] - counts[4]) <= 2  # alarms are there now: units and cases of them are read
    assert abs(counts[2] - counts[6]) <= 2


def test_the_start_page_shows_what_waits_and_what_became_late() -> None:
    asha, request = preserved()
    page = client_of(asha).get("/").content.decode()
    assert request.reference in page
    assert "Just became late" not in page
    Request.objects.filter(pk=request.pk).update(next_ends_at=timezone.now() - timedelta(hours=1))
    page = client_of(asha).get("/").content.decode()
    assert "Just became late" in page
    assert request.reference not in client_of(make_user(Role.INVESTIGATOR)).get("/").content.decode()


def test_the_feed_is_read_by_others_and_tells_no_more_than_asked() -> None:
    asha, request = preserved()
    bare, full = make_feed(asha, name="telephone")[1], make_feed(asha, name="desk", details=True)[1]
    stranger = Client()
    read = {}
    for secret in (bare, full):
        response = stranger.get(f"/requests/calendar/{secret}/dates.ics")
        assert response.status_code == 200
        assert response["Content-Type"].startswith("text/calendar")
        read[secret] = vobject.readOne(response.content.decode())
    events = read[bare].vevent_list
    assert {event.summary.value for event in events} == {request.reference}
    assert not any(hasattr(event, "description") for event in events)
    assert any("preservation" in event.description.value for event in read[full].vevent_list)
    assert b"gmail" not in stranger.get(f"/requests/calendar/{full}/dates.ics").content


def test_an_address_that_does_not_count_is_not_there() -> None:
    asha, _ = preserved()
    feed, secret = make_feed(asha, name="telephone")
    address = f"/requests/calendar/{secret}/dates.ics"
    with pytest.raises(HiddenError):
        revoke_feed(make_user(Role.INVESTIGATOR), feed_id=feed.pk)
    assert client_of(asha).post(f"/requests/calendar/addresses/{feed.pk}/revoke/").status_code == 302
    gone = Client().get(address)
    unknown = Client().get("/requests/calendar/none/dates.ics")
    assert gone.status_code == unknown.status_code == 404
    pages = {re.sub(rb'value="\w{64}"', b"", one.content) for one in (gone, unknown)}  # without tokens against forgery
    assert len(pages) == 1
    made = client_of(asha).post("/requests/calendar/addresses/", {"name": "tablet"})
    assert made.status_code == 201
    address = made.content.decode().split("<code>")[1].split("</code>")[0].split("://")[1].partition("/")[2]
    assert Client().get(f"/{address}").status_code == 200
    User.objects.filter(pk=asha.pk).update(is_active=False)
    assert Client().get(f"/{address}").status_code == 404


def test_addresses_are_few() -> None:
    asha = make_user(Role.INVESTIGATOR)
    for number in range(FEEDS_MAX):
        make_feed(asha, name=str(number))
    with pytest.raises(InvalidError):
        make_feed(asha, name="one more")
    with pytest.raises(InvalidError):
        make_feed(asha, name="  ")


@pytest.mark.parametrize("month", ["", "2026-12", "2031-02", "9999-12", "0001-01", "x", "2026-13", "\u0660"])
def test_any_month_can_be_asked_for(month: str) -> None:
    asha, _ = preserved()
    assert client_of(asha).get("/requests/calendar/", {"month": month}).status_code == 200


class Service(ThreadingHTTPServer):
    """A push service of the browser's maker."""

    status = 201

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.heard: list[tuple[dict[str, str], bytes]] = []


class _Handler(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.heard.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def service(settings: SimpleNamespace) -> Iterator[Service]:
    settings.CONFIG = msgspec.structs.replace(settings.CONFIG, webhooks_inside=True)
    with Service() as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def plain(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def test_a_browser_takes_alarms_that_only_it_can_read(service: Service) -> None:
    asha, request = preserved()
    key, auth = ec.generate_private_key(ec.SECP256R1()), b"0123456789abcdef"
    point = key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    told = {
        "endpoint": f"http://127.0.0.1:{service.server_port}/push",
        "keys": {"p256dh": plain(point), "auth": plain(auth)},
    }
    browser = client_of(asha)
    assert browser.post("/requests/alarms/browser/", json.dumps(told), "application/json").status_code == 201
    make_alarm(request, asha)
    send_waiting()
    headers, body = service.heard[0]
    assert headers["authorization"].startswith("vapid t=")
    message = json.loads(http_ece.decrypt(body, private_key=key, auth_secret=auth, version="aes128gcm"))
    assert request.reference in message["text"]
    assert message["url"].endswith("/requests/alarms/")
    assert send_waiting() == 0
    service.status = 410
    make_alarm(preserved(asha=asha)[1], asha)
    send_waiting()
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"endpoint":"ftp://x","keys":{}}',
        b'{"endpoint":"https://x.example/","keys":{}}',
        b"x" * 5000,
    ],
)
def test_what_is_no_subscription_is_refused(body: bytes) -> None:
    browser = client_of(make_user(Role.INVESTIGATOR))
    assert browser.post("/requests/alarms/browser/", body, "application/json").status_code == 422


def test_a_key_that_cannot_be_used_is_noted_and_hinders_nothing(service: Service) -> None:
    asha, request = preserved()
    subscribe(asha, endpoint=f"http://127.0.0.1:{service.server_port}/push", p256dh="abc", auth="abc")
    make_alarm(request, asha)
    assert send_waiting() == 1
    assert Subscription.objects.get().problem


def test_the_worker_stands_at_the_root() -> None:
    script = Client().get("/push.js")
    assert script.status_code == 200
    assert script["Content-Type"].startswith("text/javascript")
