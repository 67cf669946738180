"""Webhooks: told of what the owner may see, signed, again when not taken, never into the agency's own network."""

import base64
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.utils import timezone
from tests.samples.node import client_of, make_case, make_user

from comity.node.cases.actions import end_membership, rename_case
from comity.node.errors import HiddenError, InvalidError
from comity.node.people.roles import Role
from comity.node.webhooks import tasks
from comity.node.webhooks.actions import add_hook, end_hook
from comity.node.webhooks.models import Delivery, Hook
from comity.node.webhooks.post import NotSentError, post


class Listener(ThreadingHTTPServer):
    """Another system of the agency, which answers with `status`."""

    status = 204

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.heard: list[tuple[dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/told"


class _Handler(BaseHTTPRequestHandler):
    server: Listener

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.heard.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def listener() -> Iterator[Listener]:
    with Listener() as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def hook_of(owner: object, listener: Listener, *acts: str) -> Hook:
    made = add_hook(owner, url="https://example.org/", acts=acts)  # type: ignore[arg-type]
    Hook.objects.filter(pk=made.pk).update(url=listener.url)
    return made


@pytest.fixture(autouse=True)
def _inside(settings: object) -> None:
    settings.CONFIG = __import__("msgspec").structs.replace(settings.CONFIG, webhooks_inside=True)  # type: ignore[attr-defined]


def test_what_is_told_is_signed_and_holds_no_content(listener: Listener) -> None:
    asha = make_user(Role.INVESTIGATOR)
    hook = hook_of(asha, listener, "case.")
    case = make_case(asha)
    client_of(asha).get(f"/cases/{case.pk}/")
    tasks.tell_hooks.call()
    tasks.tell_hooks.call()
    assert [json.loads(body)["type"] for _, body in listener.heard] == ["case.open"]
    headers, body = listener.heard[0]
    assert json.loads(body)["data"]["case"] == case.pk
    assert case.title not in body.decode()
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(hook.secret.removeprefix("whsec_"))
    mark = base64.b64encode(hmac.new(key, signed, sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{mark}"


def test_an_owner_is_told_only_of_cases_that_he_may_see(listener: Listener) -> None:
    asha, other = make_user(Role.INVESTIGATOR), make_user(Role.INVESTIGATOR)
    hook_of(other, listener)
    case = make_case(asha, other)
    end_membership(asha, case=case, user=other)
    rename_case(asha, case=case, title="Secret", version=1)
    tasks.tell_hooks.call()
    assert listener.heard == []


def test_what_is_not_taken_is_sent_again_later_and_then_given_up(listener: Listener) -> None:
    asha = make_user(Role.INVESTIGATOR)
    hook_of(asha, listener, "case.")
    make_case(asha)
    listener.status = 500
    for round_number in range(len(tasks.RETRY_MINUTES) + 3):
        tasks.tell_hooks.call()
        Delivery.objects.exclude(next_try_at=None).update(next_try_at=timezone.now() - timedelta(seconds=1))
        assert len(listener.heard) == min(round_number + 1, len(tasks.RETRY_MINUTES) + 1)
    delivery = Delivery.objects.get()
    assert (delivery.next_try_at, delivery.delivered_at, delivery.problem) == (None, None, "the answer was 500")
    assert len({headers["webhook-id"] for headers, _ in listener.heard}) == 1


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://10.0.0.7/"])
def test_nothing_goes_inside_unless_the_agency_allows_it(url: str) -> None:
    with pytest.raises(NotSentError, match="inside the agency's network"):
        post(url, b"{}", {}, inside=False)


@pytest.mark.parametrize("url", ["ftp://example.org/", "https://u:p@example.org/", "https:///x", "javascript:alert(1)"])
def test_an_address_that_cannot_be(url: str) -> None:
    with pytest.raises(InvalidError):
        add_hook(make_user(), url=url)


def test_nobody_ends_the_hook_of_another(listener: Listener) -> None:
    hook = hook_of(make_user(), listener)
    with pytest.raises(HiddenError):
        end_hook(make_user(), hook_id=hook.pk)
    assert client_of(make_user()).post(f"/webhooks/{hook.pk}/end/").status_code == 404


def test_a_hook_is_added_and_ended_on_its_pages() -> None:
    asha = make_user(Role.INVESTIGATOR)
    assert client_of(asha).get("/webhooks/new/").status_code == 302  # to the proof of presence
    here = client_of(asha, present=True)
    made = here.post("/webhooks/new/", {"url": "https://example.org/told", "acts": "case."})
    assert made.status_code == 201
    hook = Hook.objects.get(owner=asha)
    assert hook.secret in made.content.decode()
    assert hook.secret not in here.get("/webhooks/").content.decode()
    assert here.post(f"/webhooks/{hook.pk}/end/").status_code == 302
    assert here.post("/webhooks/new/", {"url": "nonsense"}).status_code == 422
