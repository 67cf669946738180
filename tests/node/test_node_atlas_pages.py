"""The atlas: every page answers, says its sources, and is linked by an address that says the whole question."""

import csv
import io
import json
import time

import msgspec
import pytest
from django.conf import settings
from django.test import Client, override_settings
from tests.samples.node import client_of, make_user

from comity.node.atlas.lookup import fold, search
from comity.node.people.roles import Role

DAY = "on=2026-11-24"
PAIR = f"requesting=IN&requested=US&measure=traffic_data&{DAY}"
PAGES = (
    ("", "Atlas of the law"),
    ("states/IN/", "Bound by"),
    ("states/GL/", "Denmark"),
    ("states/AQ/", "None in the data"),
    ("instruments/budapest/", "Reservations"),
    ("offences/computer_fraud/", "Elements"),
    ("pair/", "What can one state"),
    (f"pair/?{PAIR}&offence=computer_fraud&urgent=on", "Closed routes"),
    ("map/", "Preservation"),
    (f"map/?measure=traffic_data&requesting=IN&{DAY}", "What India can obtain"),
    ("coverage/", "How much"),
    (f"coverage/?requesting=IN&{DAY}", "interception"),
    (f"coverage/?requesting=IN&measure=extradition&{DAY}", "State by state"),
    ("compare/instruments/", "side by side"),
    (f"compare/instruments/?first=budapest&second=uncc&{DAY}", "differs"),
    ("compare/states/", "side by side"),
    (f"compare/states/?first=IN&second=GB&{DAY}", "obtain from the other"),
    ("compare/days/", "two days"),
    (f"compare/days/?requesting=BR&before=2015-01-01&{DAY}", "Stronger toward"),
    ("what-if/", "Examples"),
    ("what-if/?step=IN+accedes+budapest+on+2027-01-01&of=IN", "opens"),
    ("jurisdiction/", "Which states"),
    (f"jurisdiction/?states=IN,France&ground=territory_system&{DAY}", "Duties to consult"),
)
WITH_FILES = ("states/IN/", *(one for one, _ in PAGES if "?" in one and "jurisdiction" not in one))


@pytest.mark.parametrize(("address", "says"), PAGES)
def test_pages_answer_whoever_comes(address: str, says: str) -> None:
    response = Client().get(f"/atlas/{address}")
    assert response.status_code == 200
    page = response.content.decode()
    assert says in page
    assert "style=" not in page and "<style" not in page


@pytest.mark.parametrize(("address", "says"), PAGES)
def test_a_closed_atlas_asks_to_sign_in(address: str, says: str) -> None:
    with override_settings(CONFIG=msgspec.structs.replace(settings.CONFIG, open_atlas=False)):
        assert Client().get(f"/atlas/{address}").headers["Location"].startswith("/account/login/")
        assert client_of(make_user(Role.ANALYST)).get(f"/atlas/{address}").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "states/ZZ/",
        "instruments/nothing/",
        "offences/nothing/",
        "pair/?requesting=IN&requested=IN&measure=traffic_data",
        "pair/?requesting=Atlantis&requested=US&measure=traffic_data",
        "pair/?requesting=IN&requested=US&measure=nothing",
        f"pair/?{PAIR}&offence=nothing",
        "pair/?requesting=IN&requested=US&measure=traffic_data&on=1200-01-01",
        "map/?measure=nothing",
        "map/?on=2026-02-30",
        "map.svg?on=x",
        "map/?by=year&year=9999&on=2026-01-01&requesting=Atlantis",
        "coverage/?requesting=Atlantis",
        "compare/instruments/?first=nothing&second=budapest",
        "what-if/?step=nonsense",
        "what-if/?step=IN+accedes+nothing",
        "what-if/?step=IN+accedes+budapest+on+9999-99-99",
        "what-if/?step=IN+accedes+budapest&of=Atlantis",
        "what-if/?act=nothing",
        "jurisdiction/?states=Atlantis&ground=territory_system",
        "jurisdiction/?states=IN,US,GB,FR,DE,IT,ES,PT,BE,NL,LU,IE,AT&ground=territory_system",
    ],
)
def test_what_cannot_be_is_said(address: str) -> None:
    assert Client().get(f"/atlas/{address}").status_code == 422


@pytest.mark.parametrize("year", ["9999", "0000", "abcd", "٢٠٢٦", "-100", "20 6", ""])
def test_a_year_that_cannot_be_breaks_nothing(year: str) -> None:
    assert Client().get("/atlas/map/", {"by": "year", "year": year}).status_code in {200, 422}


def test_search_knows_no_accents_and_the_readers_language() -> None:
    assert fold("Côte d’Ivoire") == "cote d'ivoire"
    assert search("cote d'ivoire")[0].id == "CI"
    assert search("turkiye")[0].id == "TR"
    assert search("alemania", "es")[0].id == "DE"
    assert search("budapest")[0].id == "budapest"
    assert any(one.kind == "authority" for one in search("ministry of justice"))
    assert search("   ") == ()


def test_search_answers_while_one_types_with_a_part_of_the_page() -> None:
    whole = Client().get("/atlas/", {"q": "fra"}).content.decode()
    part = Client().get("/atlas/", {"q": "fra"}, headers={"HX-Request": "true"}).content.decode()
    assert "/atlas/states/FR/" in part and part.strip() in whole and "<html" not in part
    hostile = Client().get("/atlas/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in hostile


def test_the_slider_moves_the_day() -> None:
    address = "/atlas/map/?measure=traffic_data&requesting=&on=2024-02-29&by=year&year=2011"
    moved = Client().get(address, headers={"HX-Request": "1"})
    assert moved.headers["HX-Push-Url"] == "/atlas/map/?measure=traffic_data&requesting=&on=2011-02-28"
    page = moved.content.decode()
    assert 'hx-swap-oob="true"' in page and "28 February 2011" in page
    plain = Client().get(address).content.decode()
    assert "28 February 2011" in plain and "<html" in plain
    unmoved = Client().get(address.replace("by=year&", "")).content.decode()
    assert "29 February 2024" in unmoved


def test_map_and_table_say_the_same() -> None:
    address = f"/atlas/map/?measure=traffic_data&requesting=IN&{DAY}"
    page = Client().get(address).content.decode()
    rows = list(csv.DictReader(io.StringIO(Client().get(f"{address}&form=csv").content.decode())))
    assert len(rows) > 200
    for row in rows:
        assert f"requested={row['state']}&amp;" in page
    drawn = Client().get(f"/atlas/map.svg?measure=traffic_data&requesting=IN&{DAY}")
    assert drawn.headers["Content-Type"] == "image/svg+xml"
    assert "script" not in drawn.headers["Content-Security-Policy"]
    owed = sum(row["strength"] == "open to evidence, owed" for row in rows)
    assert f"open to evidence, owed: {owed} states" in drawn.content.decode()


@pytest.mark.parametrize("form", ["csv", "json"])
@pytest.mark.parametrize(
    "address", [one for one, _ in PAGES if "?" in one and "jurisdiction" not in one] + ["states/IN/"]
)
def test_tables_can_be_taken_along(address: str, form: str) -> None:
    response = Client().get(f"/atlas/{address}{'&' if '?' in address else '?'}form={form}")
    assert response.status_code == 200 and "attachment" in response.headers["Content-Disposition"]
    body = response.content.decode()
    rows = json.loads(body) if form == "json" else list(csv.DictReader(io.StringIO(body)))
    assert rows


def test_a_past_day_and_a_day_to_come_answer_for_themselves() -> None:
    before = Client().get("/atlas/instruments/budapest/?on=2003-01-01").content.decode()
    after = Client().get("/atlas/instruments/budapest/?on=2020-01-01").content.decode()
    assert before.count("badge open") < after.count("badge open")


def test_unknown_is_not_shown_as_no() -> None:
    page = Client().get(f"/atlas/states/IN/?{DAY}").content.decode()
    assert "not known" in page
    assert "source not known" in page or "high confidence" in page


def test_a_step_is_put_together_by_choosing() -> None:
    chosen = Client().get("/atlas/what-if/?state=India&act=accedes&instrument=budapest&taken=2027-01-01&of=IN")
    assert chosen.status_code == 302
    page = Client().get(chosen.headers["Location"]).content.decode()
    assert "IN accedes budapest on 2027-01-01" in page and "opens" in page


def test_the_state_page_offers_what_if() -> None:
    page = Client().get(f"/atlas/states/NZ/?{DAY}").content.decode()
    assert "step=NZ+denounces+budapest" in page and "withdraws-reservation" in page


def test_pages_ask_the_database_for_nothing(django_assert_num_queries: object) -> None:
    client = Client()
    for address, _ in PAGES:
        with django_assert_num_queries(0):  # type: ignore[operator]  # a fixture without a type
            client.get(f"/atlas/{address}")


def test_pages_are_fast_when_warm() -> None:
    client, slow = Client(), {}
    for address, _ in PAGES:
        client.get(f"/atlas/{address}")
        times = []
        for _again in range(3):
            begun = time.perf_counter()
            client.get(f"/atlas/{address}")
            times.append(time.perf_counter() - begun)
        if min(times) > 0.1:
            slow[address] = min(times)
    assert not slow
