"""Honest sites that were broken into: owner and CERT are warned, planted pages go, the name stays."""

from tests.samples.planned import case_of, leads_of, mail, place, plan_of, seen, tie

from comity.law import Measure
from comity.leads.model import Observable, ObservableKind, Role
from comity.plan.model import Plan

LINK = (place("text/html part 1, link target"),)
NAME = "padaria.com.br"
PAGE = f"https://{NAME}/wp-content/uploads/2026/11/invoice/login.php"
OPEN = '[confidentiality]\nlevel = "open"\n'
TOLD = f'''
[[compromised_sites]]
domain = "{NAME}"
owner = "Padaria do Zé"
contact = "+55 11 0000 0000"
'''


def on_site(url: str = PAGE, name: str = NAME, *, tags: tuple[str, ...] = ()) -> tuple[Observable, Observable]:
    host = tie("BR", Role.INFRASTRUCTURE, name="Hospedagem")
    registry, registrar = tie("BR", Role.REGISTRY, name="NIC.br"), tie("US", Role.REGISTRAR, "godaddy", "GoDaddy")
    return (
        seen(ObservableKind.URL, url, host, places=LINK),
        seen(ObservableKind.DOMAIN, name, host, registry, registrar, places=LINK, tags=tags),
    )


def asked(plan: Plan) -> dict[str, list[str]]:
    """Titles of steps, by measure."""
    found: dict[str, list[str]] = {}
    for step in plan.steps:
        found.setdefault(step.measure.value, []).append(step.title)
    return found


def test_a_site_with_a_page_in_its_own_folders_is_warned_imaged_and_cleaned_in_this_order() -> None:
    plan = plan_of(case_of(rest=OPEN), leads_of(*on_site()))
    warn, image, remove = (
        next(s for s in plan.steps if s.title.startswith(words))
        for words in ("Warn the owner", "Have the web space", "Have the planted pages removed from")
    )
    assert warn.title == f"Warn the owner of {NAME}, and the national CERT of Brazil"
    assert image.depends_on == (warn.id,)
    assert image.id in remove.depends_on
    assert [one.to for one in warn.direct] == [f"the owner of {NAME}", "the national CERT of Brazil"]
    assert [one.to for one in image.direct] == [f"the owner of {NAME}"]
    assert warn.recommended is None
    assert warn.objects[0].value == PAGE
    assert any("wp-content" in why for why in warn.why)
    assert "a new name may be the offenders' own" in warn.expectation


def test_its_name_is_not_suspended_and_its_registrar_only_tells_the_owner() -> None:
    found = asked(plan_of(case_of(rest=OPEN), leads_of(*on_site())))
    assert found["domain_registration"] == ["Ask GoDaddy who owns the name, to warn the owner"]
    assert sorted(found["takedown"]) == [
        "Have the planted pages removed by Hospedagem",
        f"Have the planted pages removed from {NAME}",
    ]
    assert not [s for s in found["preservation"] if "GoDaddy" in s]
    assert not [s for s in found["subscriber_information"] if "GoDaddy" in s]


def test_only_pages_are_taken_down_and_the_customer_is_a_witness() -> None:
    plan = plan_of(case_of(rest=OPEN), leads_of(*on_site()))
    down = next(s for s in plan.steps if s.title == "Have the planted pages removed by Hospedagem")
    assert [thing.value for thing in down.objects] == [PAGE]
    customer = next(s for s in plan.steps if s.measure is Measure.SUBSCRIBER_INFORMATION)
    assert "a victim and a witness" in customer.expectation


def test_a_name_that_imitates_another_is_suspended_whatever_its_folders() -> None:
    plan = plan_of(case_of(rest=OPEN), leads_of(*on_site(tags=("look-alike",))))
    assert "Have taken off line by GoDaddy" in asked(plan)["takedown"]
    assert not [s for s in plan.steps if s.title.startswith("Warn")]


def test_a_picture_in_such_a_folder_shows_nothing() -> None:
    plan = plan_of(case_of(rest=OPEN), leads_of(*on_site(f"https://{NAME}/wp-content/uploads/logo.png")))
    assert not [s for s in plan.steps if s.title.startswith("Warn")]


def test_the_case_file_names_such_a_site_and_its_owner() -> None:
    plan = plan_of(case_of(rest=TOLD), leads_of(*on_site(f"https://{NAME}/a")))
    warn = next(s for s in plan.steps if s.title.startswith("Warn"))
    assert (warn.direct[0].to, warn.direct[0].how) == ("Padaria do Zé", "+55 11 0000 0000")
    assert any("the case file says" in why for why in warn.why)
    assert warn.expectation == ""


def test_a_national_cert_that_the_data_know_is_named() -> None:
    page = "https://shop.co.in/wp-admin/a.php"
    here = seen(ObservableKind.URL, page, tie("IN", Role.INFRASTRUCTURE, name="Host"), places=LINK)
    plan = plan_of(case_of("FR", OPEN), leads_of(here))
    warn = next(s for s in plan.steps if s.title.startswith("Warn"))
    assert warn.state == "IN"
    assert warn.direct[1].to.startswith("Indian Computer Emergency Response Team")
    assert warn.direct[1].url == "https://www.cert-in.org.in"


def test_the_server_that_sent_its_mail_is_imaged_as_a_server() -> None:
    origin = seen(ObservableKind.IPV4, "177.11.54.201", tie("BR", Role.ORIGIN, name="Brasil Site"))
    sent = mail(f"apache@{NAME}", origin="177.11.54.201")
    address = seen(ObservableKind.EMAIL, f"apache@{NAME}", places=(place("header Return-Path"),))
    plan = plan_of(case_of(rest=OPEN), leads_of(*on_site(), origin, address, mails=(sent,)))
    assert "Image the server at Brasil Site" in asked(plan)["search_seizure"]
    elsewhere = plan_of(case_of(rest=OPEN), leads_of(*on_site(f"https://{NAME}/a"), origin, address, mails=(sent,)))
    assert "Image the server at Brasil Site" not in asked(elsewhere)["search_seizure"]


def test_a_server_of_no_known_state_does_not_place_the_site() -> None:
    unknown = seen(ObservableKind.IPV4, "203.0.113.9", tie("", Role.UNKNOWN))
    sent = mail(f"apache@{NAME}", origin="203.0.113.9")
    plan = plan_of(case_of(rest=OPEN), leads_of(*on_site(), unknown, mails=(sent,)))
    assert next(s for s in plan.steps if s.title.startswith("Warn")).state == "BR"


def test_an_honest_site_that_nothing_pursues_is_left_alone() -> None:
    plan = plan_of(case_of(rest=TOLD), leads_of())
    assert not plan.steps
