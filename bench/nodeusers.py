"""Users at work on a node (Locust): `python -m bench node` starts them. They read what `bench.nodefill` told."""

import itertools
import os
import random
from pathlib import Path

import msgspec
from locust import HttpUser, between, task

_PEOPLE = msgspec.json.decode(Path(os.environ["BENCH_PEOPLE"]).read_bytes())["people"]
_OFFICERS = [one for one in _PEOPLE if not one["auditor"] and one["sees"]]
_AUDITOR = next(one for one in _PEOPLE if one["auditor"])
_turns = itertools.count()


class Officer(HttpUser):
    """Somebody who works on cases and requests; the first sees all of them."""

    weight = 9
    wait_time = between(0.5, 2)

    def on_start(self) -> None:
        """Sign in, by the session that was made."""
        self.person = _OFFICERS[next(_turns) % len(_OFFICERS)]
        self.client.cookies.set("sessionid", self.person["session"])

    def _any(self) -> tuple[str, str]:
        case, request = random.choice(self.person["sees"])
        return case, request

    @task(3)
    def first(self) -> None:
        """The first page."""
        self.client.get("/", name="start")

    @task(3)
    def cases(self) -> None:
        """The list of cases."""
        self.client.get("/cases/", name="cases")

    @task(5)
    def case(self) -> None:
        """One case, which enters the reading."""
        self.client.get(f"/cases/{self._any()[0]}/", name="case")

    @task(4)
    def requests(self) -> None:
        """The list of requests."""
        self.client.get("/requests/", name="requests")

    @task(2)
    def filtered(self) -> None:
        """The list by its filters."""
        asked = random.choice(["state=sent", "waits=for_them", "requested=US", "text=1234", "state=closed&page=3"])
        self.client.get(f"/requests/?{asked}", name="requests, filtered")

    @task(3)
    def of_case(self) -> None:
        """The requests of a case."""
        self.client.get(f"/requests/{self._any()[0]}/", name="requests of a case")

    @task(4)
    def request(self) -> None:
        """One request with its clock."""
        case, request = self._any()
        self.client.get(f"/requests/{case}/{request}/", name="request")

    @task(1)
    def month(self) -> None:
        """The calendar."""
        self.client.get("/requests/calendar/", name="calendar")

    @task(1)
    def open(self) -> None:
        """Open a case."""
        self.client.get("/cases/new/", name="new case, form")
        form = {
            "reference": f"B {random.getrandbits(60)}",
            "title": "Opened by the bench",
            "csrfmiddlewaretoken": self.client.cookies.get("csrftoken"),
        }
        self.client.post("/cases/new/", data=form, name="new case", allow_redirects=False)


class Auditor(HttpUser):
    """Somebody who reads the audit trail."""

    weight = 1
    wait_time = between(0.5, 2)

    def on_start(self) -> None:
        """Sign in, by the session that was made."""
        self.client.cookies.set("sessionid", _AUDITOR["session"])

    @task(2)
    def trail(self) -> None:
        """The newest entries."""
        self.client.get("/audit/", name="audit trail")

    @task(1)
    def of_act(self) -> None:
        """Entries of one act."""
        self.client.get("/audit/?act=artifact.add", name="audit trail, by act")
