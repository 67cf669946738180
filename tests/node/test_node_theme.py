"""Light or dark, as a person chose in this browser; and what a page that polls leaves in the trail."""

from django.test import Client
from tests.node.test_node_running import planned_case
from tests.samples.node import client_of, make_user

from comity.node.audit.models import Entry
from comity.node.people.roles import Role


def test_the_choice_is_kept_in_this_browser() -> None:
    browser = Client()
    page = "/account/login/"
    assert "data-theme" not in browser.get(page).content.decode()
    answer = browser.post("/theme/", {"theme": "dark"}, HTTP_REFERER=f"http://testserver{page}")
    assert (answer.status_code, answer["Location"]) == (302, f"http://testserver{page}")
    assert '<html lang="en" dir="ltr" data-theme="dark">' in browser.get(page).content.decode()
    browser.post("/theme/", {"theme": ""})
    assert "data-theme" not in browser.get(page).content.decode()


def test_what_is_no_theme_and_what_is_elsewhere_is_not_followed() -> None:
    browser = Client()
    answer = browser.post("/theme/", {"theme": '"><script>'}, HTTP_REFERER="https://elsewhere.example/")
    assert answer["Location"] == "/"
    assert "theme" not in browser.cookies
    browser.cookies["theme"] = "purple"
    assert "data-theme" not in browser.get("/account/login/").content.decode()
    assert browser.get("/theme/").status_code == 405


def test_a_page_that_asks_how_far_a_plan_is_reads_nothing_of_the_case() -> None:
    asha = make_user(Role.INVESTIGATOR)
    version = planned_case(asha)
    before = Entry.objects.count()
    address = f"/plans/{version.case_id}/{version.number}/progress/"
    assert "every 5s" in client_of(asha).get(address).content.decode()
    assert Entry.objects.count() == before
    assert client_of(make_user(Role.INVESTIGATOR)).get(address).status_code == 404
