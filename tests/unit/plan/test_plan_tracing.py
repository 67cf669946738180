"""The law is told whether traffic data are asked for only to find the next provider on a path (Budapest Art. 30)."""

import msgspec
from tests.samples.planned import ON, REGISTRY, case_of, leads_of, mail, seen, tie

from comity.law import Measure, Query, Registry, find_routes
from comity.leads.model import Nexus, ObservableKind, Reason, Role
from comity.plan import make_plan
from comity.plan.routing import Found

BOX = seen(ObservableKind.EMAIL, "a@proton.me", tie("CH", Role.MAIL_PROVIDER, "proton", "Proton"))
RELAY = Reason(text="mout.example is of IONOS, which serves many customers: its records tell from whom the mail came.")


def told(*, box: bool = False, origin: Nexus | None = None) -> list[bool | None]:
    asked: list[Query] = []

    def finder(query: Query, registry: Registry) -> Found:
        asked.append(query)
        return find_routes(query, registry)

    server = [seen(ObservableKind.IPV4, "212.227.126.131", origin, tags=("server-network",))] if origin else []
    read = mail("a@b.example", reply_to=("a@proton.me",), origin="212.227.126.131")
    leads = leads_of(*server, *([BOX] if box else []), mails=(read,))
    make_plan(case_of("DE"), leads, on=ON, registry=REGISTRY, finder=finder)
    return [query.facts.get("trace_next_provider") for query in asked if query.measure is Measure.TRAFFIC_DATA]


def test_log_ins_of_an_account_trace_no_path() -> None:
    assert told(box=True) == [False]


def test_a_relay_is_asked_where_the_mail_came_from_and_a_server_of_ones_own_what_it_did() -> None:
    own = tie("US", Role.ORIGIN, name="IONOS")
    assert told(origin=own) == [False]
    assert told(origin=msgspec.structs.replace(own, reasons=(*own.reasons, RELAY))) == [True]


def test_what_else_is_asked_for_says_nothing_of_paths() -> None:
    asked: list[Query] = []

    def finder(query: Query, registry: Registry) -> Found:
        asked.append(query)
        return find_routes(query, registry)

    read = mail("a@b.example", reply_to=("a@proton.me",))
    make_plan(case_of("DE"), leads_of(BOX, mails=(read,)), on=ON, registry=REGISTRY, finder=finder)
    others = [query for query in asked if query.measure is not Measure.TRAFFIC_DATA]
    assert others
    assert not [query for query in others if "trace_next_provider" in query.facts]


def test_log_ins_are_asked_for_under_article_31_and_the_path_under_article_30() -> None:
    given = seen(ObservableKind.EMAIL, "a@mail.nz", tie("NZ", Role.MAIL_PROVIDER, name="Mail"))
    relay = tie("US", Role.ORIGIN, name="IONOS")
    shared = msgspec.structs.replace(relay, reasons=(*relay.reasons, RELAY))
    server = seen(ObservableKind.IPV4, "212.227.126.131", shared, tags=("server-network",))
    read = mail("a@b.example", reply_to=("a@mail.nz",), origin=server.value)
    made = make_plan(case_of("DE"), leads_of(given, server, mails=(read,)), on=ON, registry=REGISTRY)
    asked = {step.state: step for step in made.steps if step.measure is Measure.TRAFFIC_DATA}
    routes = [asked["NZ"].recommended, asked["US"].recommended]
    assert [(route.instrument, route.article) for route in routes if route] == [("budapest", "31"), ("budapest", "30")]
