"""Fills a new node for the bench: ``python -m bench.nodefill CASES REQUESTS ENTRIES`` in the folder COMITY_DATA.

Requests are copies of some that went through their acts; the audit trail is an honest Merkle tree. Prints what the
users of the bench need as JSON: whom they sign in as, and addresses.
"""

import os
import random
import sys
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

ROOT = Path(__file__).parent.parent
PEOPLE = 60
"""Investigators, prosecutors and officers; each is a member of a share of the cases, the first officer of all."""
BATCH = 5000
SEED = 20261126


def fill(cases: int, requests: int, entries: int) -> dict[str, Any]:
    """Fill the node; what its users need."""
    from comity.node.running.setup import start

    start(Path(os.environ["COMITY_DATA"]), administrator=False)
    chance = random.Random(SEED)
    users = _people()
    made = _cases(chance, users, cases)
    asked = _requests(chance, users, made, requests)
    _entries(chance, users, made, entries)
    _statistics()
    return _told(users, asked)


def _people() -> list[Any]:
    from comity.node.people.models import RoleGrant, Unit, User
    from comity.node.people.roles import Role

    kinds = (Role.AUTHORITY, Role.INVESTIGATOR, Role.PROSECUTOR, Role.DUTY)
    unit = Unit.objects.create(name="Bench")
    users = [
        User.objects.create(username=f"user{n}", email=f"user{n}@agency.example", name=f"User {n}", unit=unit)
        for n in range(PEOPLE)
    ]
    RoleGrant.objects.bulk_create(RoleGrant(user=user, role=kinds[n % 4]) for n, user in enumerate(users))
    auditor = User.objects.create(username="auditor", email="auditor@agency.example", name="Auditor")
    RoleGrant.objects.create(user=auditor, role=Role.AUDITOR)
    return [*users, auditor]


def _cases(chance: random.Random, users: list[Any], count: int) -> list[tuple[str, int]]:
    """Ids of cases, each with one of its members."""
    from django.utils import timezone

    from comity.node.cases.models import Case, Membership, new_id

    now = timezone.now()
    made: list[tuple[str, int]] = []

    def rows() -> Iterator[Case]:
        for number in range(count):
            who = chance.choice(users[:PEOPLE])
            made.append((new_id(), who.pk))
            opened = now - timedelta(minutes=number * 50)
            title = f"Phishing of customers of bank {number % 97}"
            yield Case(
                id=made[-1][0], reference=f"FIR {number}/2026", title=title, opened_at=opened, opened_by_id=who.pk
            )

    _keep(Case, rows())

    def members() -> Iterator[Membership]:
        for case_id, user_id in made:
            for one in {user_id, users[0].pk, *(user.pk for user in chance.sample(users[:PEOPLE], 2))}:
                yield Membership(case_id=case_id, user_id=one, added_by_id=user_id)

    _keep(Membership, members())
    return made


def _requests(
    chance: random.Random, users: list[Any], cases: list[tuple[str, int]], count: int
) -> list[tuple[str, str, int]]:
    """Case, request and one of the members, of each request."""
    from django.utils import timezone

    from comity.node.cases.models import new_id
    from comity.node.requests.models import Event, Paper, Request, Target

    patterns = _patterns(users)
    now = timezone.now()
    made: list[tuple[str, str, int]] = []
    for numbers in _ranges(0, count, BATCH // 5):
        rows: list[Request] = []
        events: list[Event] = []
        papers: list[Paper] = []
        targets: list[Target] = []
        for number in numbers:
            case_id, user_id = cases[number % len(cases)]
            row, happened, kept = chance.choices(patterns, weights=(1, 2, 7))[0]
            pk = new_id()
            made.append((case_id, pk, user_id))
            record = msgspec.structs.replace(row.docketed(), id=pk, case=case_id, reference=f"R {number}/2026")
            later = timedelta(hours=chance.randint(-24 * 60, 24 * 60))
            same = {field.attname: getattr(row, field.attname) for field in Request._meta.concrete_fields}
            rows.append(
                Request(
                    **{
                        **same,
                        "id": pk,
                        "case_id": case_id,
                        "record": msgspec.json.encode(record),
                        "reference": record.reference,
                        "assignee_id": user_id,
                        "opened_at": now - timedelta(minutes=number * 5),
                        "next_ends_at": None if row.is_over else now + later,
                        "changes_at": None,
                        "alarm_at": None,
                    }
                )
            )
            events += [_copy(Event, one, request_id=pk) for one in happened]
            papers += [_copy(Paper, one, request_id=pk) for one in kept]
            targets.append(Target(request_id=pk, kind="email", value=f"mule{number}@mail.example"))
        for model, some in ((Request, rows), (Event, events), (Paper, papers), (Target, targets)):
            _keep(model, some)
    return made


def _copy(model: Any, one: Any, **other: object) -> Any:
    same = {
        field.attname: getattr(one, field.attname) for field in model._meta.concrete_fields if not field.primary_key
    }
    return model(**{**same, **other})


def _patterns(users: list[Any]) -> list[tuple[Any, list[Any], list[Any]]]:
    """A draft, a request that was sent, and one that was answered, with their events and papers."""
    from tests.samples.noderequests import did, make_request, send

    from comity.docket import Act
    from comity.node.cases.actions import add_member, open_case
    from comity.node.requests.models import Request

    officer, drafter, prosecutor = users[0], users[1], users[2]
    found = []
    for number in range(3):
        case = open_case(drafter, reference=f"Pattern {number}", title="A pattern")
        for user in (officer, prosecutor):
            add_member(drafter, case=case, user=user)
        request = make_request(drafter, case, again=True)
        if number:
            send(drafter, prosecutor, officer, request)
        if number == 2:
            for act in (Act.DELIVER, Act.ACKNOWLEDGE, Act.EXECUTE, Act.CLOSE):
                did(officer, request, act)
        row = Request.objects.get(pk=request.pk)
        found.append((row, list(row.events.all()), list(row.papers.all())))
    return found


def _entries(chance: random.Random, users: list[Any], cases: list[tuple[str, int]], upto: int) -> None:
    """Entries of reading until the trail has `upto`."""
    from django.utils import timezone

    from comity.evidence.custody import Frontier, leaf_hash, stored_count
    from comity.node.audit.actions import log_name
    from comity.node.audit.models import Entry, Head, Node
    from comity.node.audit.record import Record, encode_record
    from comity.node.audit.tree import read_hash

    head = Head.objects.get(pk=1)
    names = {user.pk: user.username for user in users}
    tree, now = Frontier(head.size, read_hash), timezone.now()
    acts = ("case.read", "case.read", "request.read", "plan.read", "session.begin", "artifact.add")
    for numbers in _ranges(head.size, upto, BATCH):
        entries: list[Entry] = []
        nodes: list[Node] = []
        for number in numbers:
            case_id, user_id = chance.choice(cases)
            act = chance.choice(acts)
            body = encode_record(
                Record(
                    log=log_name(),
                    number=number,
                    at=now,
                    actor=names[user_id],
                    act=act,
                    case=case_id,
                    subject=f"/cases/{case_id}/",
                    facts={},
                    nonce=f"{chance.getrandbits(128):032x}",
                )
            )
            first = stored_count(number)
            nodes += [Node(place=first + step, hash=one) for step, one in enumerate(tree.append(leaf_hash(body)))]
            entries.append(Entry(number=number, body=body, at=now, actor=user_id, act=act, case=case_id))
        _keep(Node, nodes)
        _keep(Entry, entries)
    Head.objects.filter(pk=1).update(size=max(head.size, upto))


def _ranges(first: int, end: int, size: int) -> Iterator[range]:
    for begin in range(first, end, size):
        yield range(begin, min(begin + size, end))


def _keep(model: Any, rows: Iterable[Any]) -> None:
    from django.db import transaction

    several = iter(rows)
    with transaction.atomic():
        while some := list(islice(several, BATCH)):
            model.objects.bulk_create(some, batch_size=1000)


def _statistics() -> None:
    """What the database's own upkeep does in time: planners know the tables."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _told(users: list[Any], asked: list[tuple[str, str, int]]) -> dict[str, Any]:
    chance = random.Random(SEED)
    own: dict[int, list[tuple[str, str]]] = {}
    for case_id, request_id, user_id in asked:
        own.setdefault(user_id, []).append((case_id, request_id))
    own[users[0].pk] = [(case_id, request_id) for case_id, request_id, _ in asked]
    shown = {user.pk: chance.sample(own.get(user.pk, []), min(60, len(own.get(user.pk, [])))) for user in users}
    return {
        "people": [{"session": _session(user), "auditor": user is users[-1], "sees": shown[user.pk]} for user in users]
    }


def _session(user: Any) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store["second_factor"] = True
    store.create()
    return str(store.session_key)


if __name__ == "__main__":
    sys.stdout.write(msgspec.json.encode(fill(*map(int, sys.argv[1:4]))).decode())
