"""Who may be asked beside the routes, without any legal basis."""

from tests.samples.planned import case_of, leads_of, mail, paid, place, plan_of, seen, step_of, tie

from comity.law import Confidence
from comity.leads.model import ObservableKind, Role

LINK = (place("text/html part 1, link target"),)
OPEN = '[confidentiality]\nlevel = "open"\n'


def test_an_abuse_contact_is_an_addressee_of_its_own() -> None:
    page = seen(
        ObservableKind.URL, "https://x.example.net/a", tie("FR", Role.INFRASTRUCTURE, "ovh", "OVHcloud"), places=LINK
    )
    [desk] = step_of(plan_of(case_of(rest=OPEN), leads_of(page)), "takedown").direct
    assert desk.to == "OVHcloud, abuse contact"
    assert desk.basis.startswith("No treaty is needed")
    assert "RDAP" in desk.how
    assert desk.source == "RFC 9083 10.2.4"


def test_a_registrar_and_an_issuer_have_desks_of_their_own() -> None:
    name = seen(ObservableKind.DOMAIN, "x-y.com", tie("FR", Role.REGISTRAR, "ovh", "OVHcloud"), places=LINK)
    plan = plan_of(case_of(rest=OPEN), leads_of(name))
    assert step_of(plan, "domain_registration").direct[0].to == "OVHcloud, desk for disclosure of registration data"
    coin = seen(
        ObservableKind.CRYPTO,
        "tron:TQin3WQjGQB1TQWZaUMhNHpS3c9UUm8RzN",
        tie("SV", Role.PAYMENT_SERVICE, "tether", "Tether"),
    )
    blocked = step_of(plan_of(case_of(), leads_of(coin, transfers=(paid("x", coin.value),))), "freezing", state="SV")
    assert blocked.direct[0].to == "Tether, desk for authorities"
    assert blocked.direct[0].source == "provider table, tether"


def test_telegram_is_asked_directly_whatever_the_trace_is() -> None:
    platform = tie("AE", Role.PLATFORM, "telegram", "Telegram", Confidence.MEDIUM)
    for kind, value in (
        (ObservableKind.USER_ACCOUNT, "telegram:crooky_desk"),
        (ObservableKind.URL, "https://t.me/crooky_desk"),
        (ObservableKind.URL, "https://api.telegram.org/bot123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/sendMessage"),
    ):
        plan = plan_of(case_of(), leads_of(seen(kind, value, platform, places=LINK)))
        for measure in ("preservation", "subscriber_information"):
            [desk] = step_of(plan, measure).direct
            assert desk.to.startswith("Telegram Messenger Inc.")
            assert "data on the subscriber only" in desk.basis
        assert step_of(plan, "traffic_data").direct == ()


def test_a_provider_that_answers_nobody_and_one_with_a_route_of_its_own_have_none() -> None:
    for provider, state in (("proton", "CH"), ("google_us", "US")):
        box = seen(ObservableKind.EMAIL, "desk@x.example", tie(state, Role.MAIL_PROVIDER, provider, "Provider"))
        sent = mail("a@b.example", reply_to=("desk@x.example",))
        plan = plan_of(case_of(), leads_of(box, mails=(sent,)))
        assert [s.direct for s in plan.steps if s.measure == "preservation"] == [()]


def test_at_home_nobody_is_asked_for_a_favour() -> None:
    box = seen(ObservableKind.EMAIL, "desk@x.example", tie("IE", Role.MAIL_PROVIDER, "google_ie", "Google"))
    sent = mail("a@b.example", reply_to=("desk@x.example",))
    abroad, home = (plan_of(case_of(state), leads_of(box, mails=(sent,))) for state in ("IN", "IE"))
    assert step_of(abroad, "preservation").direct
    assert not step_of(home, "preservation").direct


def test_a_route_that_leads_to_the_provider_itself_names_it() -> None:
    box = seen(ObservableKind.EMAIL, "desk@gmail.com", tie("US", Role.MAIL_PROVIDER, "google_us", "Google"))
    sent = mail("a@b.example", reply_to=("desk@gmail.com",))
    step = step_of(plan_of(case_of("IN"), leads_of(box, mails=(sent,))), "preservation")
    routes = {route.instrument: route for route in (step.recommended, *step.fallbacks) if route}
    bare, formal = routes["us-voluntary-disclosure"].addressee, routes["in-us-mlat-2001"].addressee
    assert (bare.name, bare.url) == ("Google LLC", "https://lers.google.com")
    assert "Google" not in formal.name
