"""The typed client against a node that listens."""

import socket
import threading
from pathlib import Path

import httpx
import pytest
from pytest_django.live_server_helper import LiveServer
from tests.samples.node import make_user
from tests.samples.nodeapi import token_of

from comity.client import Node, NodeRefusedError, NodeUnreachableError
from comity.node.people.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_case_from_its_opening_to_its_close(live_server: LiveServer) -> None:
    person, other = make_user(Role.INVESTIGATOR), make_user(Role.PROSECUTOR)
    with Node(live_server.url, token_of(person)) as node:
        case = node.open_case(reference="FIR 1", title="Phishing")
        assert [one.id for one in node.cases()] == [case.id]
        renamed = node.rename_case(case, "Phishing, two banks")
        with pytest.raises(NodeRefusedError, match="changed by somebody else") as late:
            node.rename_case(case, "late")
        assert late.value.status == 409
        node.add_member(case.id, other.username, reason="signs the requests")
        assert {member.username for member in node.members(case.id)} == {person.username, other.username}
        node.end_membership(case.id, other.username)
        closed = node.close_case(renamed)
        assert (closed.status, node.reopen_case(closed).status) == ("closed", "open")


def test_lists_come_whole(live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comity.client.pages.PAGE", 2)
    person = make_user(Role.INVESTIGATOR)
    with Node(live_server.url, token_of(person)) as node:
        made = {node.open_case(reference=f"FIR {number}", title="x").id for number in range(5)}
        assert {case.id for case in node.cases()} == made


def test_a_change_whose_answer_was_lost_happens_once(live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comity.client.call.WAIT_S", 0)

    class Losing(httpx.HTTPTransport):
        lost = 0

        def handle_request(self, request: httpx.Request) -> httpx.Response:
            response = super().handle_request(request)
            if request.method == "POST" and self.lost < 2:
                self.lost += 1
                response.close()
                raise httpx.ReadError("the line was cut")
            return response

    with Node(live_server.url, token_of(make_user(Role.INVESTIGATOR)), transport=Losing()) as node:
        node.open_case(reference="FIR 1", title="x")
        assert len(list(node.cases())) == 1


def test_a_node_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comity.client.call.WAIT_S", 0)
    with Node("http://127.0.0.1:9", "t") as node, pytest.raises(NodeUnreachableError):
        node.case("x")


def test_a_line_that_is_cut_leaves_no_half_file(tmp_path: Path) -> None:
    """What was there before stays, and nothing lies beside it."""

    def breaks_off(connection: socket.socket) -> None:
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf of it")

    target = tmp_path / "trail.zip"
    target.write_bytes(b"of yesterday")
    with socket.create_server(("127.0.0.1", 0)) as server:
        answering = threading.Thread(target=lambda: breaks_off(server.accept()[0]))
        answering.start()
        with Node(f"http://127.0.0.1:{server.getsockname()[1]}", "t") as node, pytest.raises(NodeUnreachableError):
            node.export_trail(target)
        answering.join()
    assert target.read_bytes() == b"of yesterday"
    assert [one.name for one in tmp_path.iterdir()] == ["trail.zip"]
