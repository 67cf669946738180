"""Who is asked, about what, and what is left alone."""

import pytest
from tests.samples.planned import ON, case_of, codes, leads_of, mail, measures, paid, place, plan_of, seen, step_of, tie

from comity.law import Confidence, Measure
from comity.leads.model import ArtifactKind, ObservableKind, Role
from comity.plan import Plan

IP, DOMAIN, URL, EMAIL, CRYPTO, IBAN = (
    ObservableKind.IPV4,
    ObservableKind.DOMAIN,
    ObservableKind.URL,
    ObservableKind.EMAIL,
    ObservableKind.CRYPTO,
    ObservableKind.IBAN,
)
LINK = (place("text/html part 1, link target"),)
BRAND = '[[protected_brands]]\nname = "Suvarnarekha Bank"\ndomains = ["suvarnarekha.bank.in"]\n'
REGISTRY_TIE = tie("US", Role.REGISTRY, "verisign", "VeriSign, Inc.", Confidence.LOW)
REGISTRAR_TIE = tie("FR", Role.REGISTRAR, "ovh", "OVHcloud")


def test_registrar_is_asked_about_the_registered_name_once_and_the_registry_not_at_all() -> None:
    name = seen(DOMAIN, "suvarnarekha-bank-in.com", REGISTRY_TIE, REGISTRAR_TIE, places=LINK)
    host = seen(DOMAIN, "mx1.suvarnarekha-bank-in.com", REGISTRY_TIE, places=LINK)
    plan = plan_of(case_of(rest=BRAND), leads_of(name, host))
    asked = {(s.holder_name, o.value) for s in plan.steps if s.holder for o in s.objects}
    assert asked == {("OVHcloud", "suvarnarekha-bank-in.com")}
    assert codes(plan)["mx1.suvarnarekha-bank-in.com"] == "covered"


def test_registered_name_that_stands_nowhere_by_itself_is_asked_about() -> None:
    host = seen(DOMAIN, "login.suvarnarekha-kyc.com", REGISTRAR_TIE, places=LINK)
    plan = plan_of(case_of(rest=BRAND), leads_of(host))
    assert {o.value for s in plan.steps for o in s.objects} == {"suvarnarekha-kyc.com"}


def test_registry_is_asked_where_no_registrar_is_known() -> None:
    name = seen(DOMAIN, "suvarnarekha-kyc.com", REGISTRY_TIE, places=LINK)
    plan = plan_of(case_of(rest=BRAND), leads_of(name))
    step = step_of(plan, "domain_registration")
    assert step.holder_name == "VeriSign, Inc."
    assert "RDAP" in step.informal


def test_name_that_links_only_show_is_passed_over() -> None:
    shown = (place("text/html part 1"), place("text/html part 1, link text"))
    name = seen(DOMAIN, "suvarnarekha.com", REGISTRY_TIE, places=shown)
    plan = plan_of(case_of(rest=BRAND), leads_of(name, seen(URL, "https://elsewhere.example/", places=LINK)))
    assert codes(plan)["suvarnarekha.com"] == "link-text"
    also = seen(DOMAIN, "suvarnarekha.com", REGISTRY_TIE, places=(*shown, place("line 9", artifact="a2")))
    assert codes(plan_of(case_of(rest=BRAND), leads_of(also))).get("suvarnarekha.com") != "link-text"


def test_brands_own_name_is_passed_over() -> None:
    name = seen(DOMAIN, "netbanking.suvarnarekha.bank.in", tie("IN", Role.REGISTRY), places=LINK)
    assert codes(plan_of(case_of(rest=BRAND), leads_of(name)))[name.value] == "impersonated-brand"


def test_access_line_is_asked_for_its_subscriber_and_never_imaged() -> None:
    line = seen(IP, "81.159.255.255", tie("GB", Role.INFRASTRUCTURE, name="British Telecommunications"), places=LINK)
    plan = plan_of(case_of(), leads_of(line, mails=(mail("x@y.example", origin="81.159.255.255"),)))
    found = set(measures(plan))
    assert {"preservation", "subscriber_information"} <= found
    assert not found & {"search_seizure", "traffic_data", "takedown"}
    assert plan.holders[0].role is Role.TELECOM
    assert "access line" in plan.holders[0].ties[0].reasons[-1].text


@pytest.mark.parametrize("tags", [("server-network",), ()])
def test_server_is_imaged(tags: tuple[str, ...]) -> None:
    server = seen(IP, "31.184.255.255", tie("RU", Role.INFRASTRUCTURE, "selectel"), places=LINK, tags=tags)
    page = seen(URL, "http://31.184.255.255/jp/", tie("RU", Role.INFRASTRUCTURE, "selectel"), places=LINK)
    plan = plan_of(case_of(), leads_of(server, page))
    assert "31.184.255.255" in {o.value for o in step_of(plan, "search_seizure").objects}


def test_origin_of_a_mail_is_imaged_only_where_it_is_a_server() -> None:
    line = seen(IP, "81.159.255.255", tie("GB", Role.ORIGIN, name="BT"))
    plan = plan_of(case_of(), leads_of(line, mails=(mail("x@y.example", origin="81.159.255.255"),)))
    assert "search_seizure" not in measures(plan)


def test_address_of_an_access_network_with_a_page_on_it_is_hosting() -> None:
    line = seen(IP, "94.59.255.255", tie("AE", Role.TELECOM, "etisalat"), places=LINK)
    page = seen(URL, "http://94.59.255.255/", tie("AE", Role.TELECOM, "etisalat"), places=LINK)
    plan = plan_of(case_of(), leads_of(line, page))
    assert "takedown" in measures(plan)


def test_issuer_blocks_tokens_and_holds_nothing() -> None:
    address = "tron:TAkhzBdLkssZxECDhhnNA7FVbkjBc3d6hp"
    token = seen(CRYPTO, address, tie("SV", Role.PAYMENT_SERVICE, "tether", "Tether"))
    plan = plan_of(case_of(), leads_of(token, transfers=(paid("", address),)))
    freezing = [s for s in plan.steps if s.measure is Measure.FREEZING]
    assert [s.title for s in freezing] == [
        "Have the tokens blocked by Tether, asked by the police",
        "Have the tokens blocked by Tether, by formal request",
    ]
    assert freezing[0].informal
    taken = step_of(plan, "confiscation")
    assert taken.title.startswith("Enforce a decision against the holder of the blocked tokens")
    assert "identified" in taken.expectation
    assert taken.depends_on == (freezing[1].id,)
    assert "bank_information" not in measures(plan)
    assert not [claim for claim in plan.jurisdiction.claims if claim.state == "SV"]


def test_address_that_nobody_keeps_is_watched_on_its_ledger() -> None:
    address = "bitcoin:bc1qujklwevtcp4w5nwa5k2w8dt4j2jrtg6q9r6wa6"
    output = seen(CRYPTO, address, tie("", Role.UNKNOWN), tags=("payee",))
    bare = seen(CRYPTO, "bitcoin:bc1qother", tags=("payee",))
    plan = plan_of(case_of(), leads_of(output, bare, transfers=(paid("", address),)))
    assert {o.value for o in plan.steps[0].objects} == {address, "bitcoin:bc1qother"}
    assert plan.steps[0].title == "Trace the money on the public ledgers"
    assert codes(plan)[address] == "public-ledger"


def drop(url: str) -> Plan:
    platform = tie("AE", Role.PLATFORM, "telegram", "Telegram", Confidence.MEDIUM)
    return plan_of(case_of(), leads_of(seen(URL, url, platform, places=(place("script 2"),))))


def test_bot_of_a_page_is_a_channel_with_its_token() -> None:
    token = "123456789:AAFakeTokenOfTwentyAndMore_x"
    plan = drop(f"https://api.telegram.org/bot{token}/sendMessage")
    assert {"preservation", "subscriber_information", "traffic_data", "takedown"} <= set(measures(plan))
    detail = step_of(plan, "preservation").objects[0].detail
    assert f"bot token (the digits before the colon are the bot's number): {token}" in detail


def test_bot_without_a_token_is_kept_and_marked() -> None:
    plan = drop("https://api.telegram.org/bot")
    assert not {"traffic_data", "content_data", "takedown"} & set(measures(plan))
    assert next(o for o in plan.obstacles if o.id == "identifier_quality").blocking
    assert "none stands in it" in step_of(plan, "preservation").objects[0].detail
    blocked = next(o for o in plan.obstacles if o.id == "identifier_quality").steps
    assert {step_of(plan, "preservation").id, step_of(plan, "subscriber_information").id} <= set(blocked)
    assert "police_information" not in measures(plan)


def test_an_alert_names_no_channel_without_its_account() -> None:
    platform = tie("AE", Role.PLATFORM, "telegram", "Telegram", Confidence.MEDIUM)
    bot = seen(URL, "https://api.telegram.org/bot", platform, places=(place("script 2"),))
    line = seen(IP, "94.59.255.255", tie("AE", Role.TELECOM), places=(place("row 1, column IP"),), tags=("log-login",))
    case = case_of(rest="[legal_facts]\norganised_group = true\n")
    told = step_of(plan_of(case, leads_of(bot, line)), "police_information", state="AE")
    assert [thing.value for thing in told.objects] == [line.value]


def test_script_that_is_loaded_is_a_page_asset() -> None:
    asset = seen(URL, "https://cdn.host.example/a.js", tie("US", Role.INFRASTRUCTURE), places=(place("script src 1"),))
    assert codes(plan_of(case_of(), leads_of(asset)))[asset.value] == "page-asset"


VICTIM = '[[victims]]\nstate = "IN"\nnumber = 1\nproviders = ["konkan.example"]\n'


def test_victims_own_line_in_a_short_log_is_left_alone() -> None:
    rows = tuple(place(f"row {n}, column IP Address") for n in (2, 6))
    own = seen(IP, "117.239.255.255", tie("IN", Role.INFRASTRUCTURE, name="BSNL"), places=rows)
    theirs = tuple(place(f"row {n}, column IP Address") for n in (3, 4, 5))
    alien = seen(IP, "81.159.255.255", tie("GB", Role.INFRASTRUCTURE, name="BT"), places=theirs)
    plan = plan_of(case_of("SG", VICTIM), leads_of(own, alien))
    assert codes(plan)["117.239.255.255"] == "probable-victim"
    assert {h.state for h in plan.holders} == {"GB"}


def test_text_with_many_addresses_is_a_log() -> None:
    line = tuple(
        seen(IP, f"117.239.255.{n}", tie("IN", Role.TELECOM), places=(place(f"line {n}"),)) for n in range(1, 7)
    )
    plan = plan_of(case_of("SG", VICTIM), leads_of(*line, kinds=(ArtifactKind.TEXT,)))
    assert set(codes(plan).values()) == {"probable-victim"}


def test_hijacked_mailbox_is_asked_of_its_keeper_although_it_is_a_victims() -> None:
    address = seen(EMAIL, "accounts@konkan.example", tie("", Role.VICTIM), tags=("recipient",))
    first = mail(
        "accounts@konkan.example",
        reply_to=("accounts@konkam.example",),
        origin="103.117.159.255",
        helo="mail.zoho.in",
        passes=True,
    )
    server = seen(IP, "103.117.159.255", tie("IN", Role.ORIGIN, name="ZOHO Corporation"))
    named = seen(DOMAIN, "mail.zoho.in", tie("IN", Role.PLATFORM, "zoho_in"))
    plan = plan_of(case_of("SG", VICTIM), leads_of(address, server, named, mails=(first,)))
    assert {(h.provider, h.role) for h in plan.holders} == {("zoho_in", Role.MAIL_PROVIDER)}
    assert codes(plan)["103.117.159.255"] == "providers-own-server"
    honest = mail("accounts@konkan.example", helo="mail.zoho.in", passes=True)
    assert not plan_of(case_of("SG", VICTIM), leads_of(address, mails=(honest,))).holders


def test_server_of_the_honest_brand_is_left_alone_and_that_of_the_offender_is_not() -> None:
    ours = seen(IP, "14.143.255.255", tie("IN", Role.ORIGIN, name="Tata"))
    theirs = seen(IP, "31.184.255.255", tie("RU", Role.ORIGIN, name="Selectel"), tags=("server-network",))
    names = tuple(
        seen(DOMAIN, name, REGISTRY_TIE) for name in ("mx1.suvarnarekha-bank-in.com", "suvarnarekha-bank-in.com")
    )
    sender = seen(EMAIL, "kyc@suvarnarekha-bank-in.com", REGISTRY_TIE)
    mails = (
        mail("no-reply@suvarnarekha.bank.in", origin="14.143.255.255", passes=True),
        mail("kyc@suvarnarekha-bank-in.com", origin="31.184.255.255", helo="mx1.suvarnarekha-bank-in.com", passes=True),
    )
    plan = plan_of(case_of(rest=BRAND), leads_of(ours, theirs, *names, sender, mails=mails))
    assert codes(plan)["14.143.255.255"] == "impersonated-brand"
    assert "31.184.255.255" in {o.value for s in plan.steps for o in s.objects}


SUSPECT = '[[suspects]]\nname = "Mule"\nidentifiers = ["5012 0000 0090 210", "navin@gmail.com", "49.207.255.255"]\n'


def test_what_the_case_gives_to_a_suspect_is_pursued() -> None:
    line = seen(IP, "49.207.255.255", tie("IN", Role.INFRASTRUCTURE, name="Atria"), places=(place("page 1"),))
    box = seen(EMAIL, "navin@gmail.com", tie("US", Role.MAIL_PROVIDER, "google_us"), tags=("recipient",))
    told = mail("boss@x.example", to=("navin@gmail.com",))
    plan = plan_of(case_of(rest=SUSPECT), leads_of(line, box, mails=(told,)))
    assert {o.value for s in plan.steps for o in s.objects} == {"49.207.255.255", "navin@gmail.com"}
    without = plan_of(case_of(), leads_of(line, box, mails=(told,)))
    assert codes(without) == {"49.207.255.255": "too-weak", "navin@gmail.com": "recipient"}


def test_suspects_thing_without_a_state_is_said_to_have_none() -> None:
    box = seen(EMAIL, "navin@gmail.com", tie("", Role.MAIL_PROVIDER))
    assert codes(plan_of(case_of(rest=SUSPECT), leads_of(box))) == {"navin@gmail.com": "no-state"}


def test_what_was_paid_before_the_first_mail_is_no_part_of_the_case() -> None:
    utility = seen(ObservableKind.UPI, "power@upi", tie("IN", Role.PAYMENT_SERVICE, name="BHIM"))
    thief = seen(ObservableKind.UPI, "thief@upi", tie("IN", Role.PAYMENT_SERVICE, name="BHIM"))
    paying = (paid("1", "power@upi", "2026-11-15"), paid("1", "thief@upi", "2026-11-18"))
    plan = plan_of(case_of(), leads_of(utility, thief, mails=(mail("x@y.example"),), transfers=paying))
    weights = {t.value: t.weight for h in plan.holders for t in h.ties}
    assert weights["thief@upi"] > weights.get("power@upi", 0)


def test_iban_in_a_text_is_enough() -> None:
    iban = seen(IBAN, "AE480339999000000004711", tie("AE", Role.FINANCIAL_INSTITUTION), places=(place("line 1"),))
    plan = plan_of(case_of(), leads_of(iban))
    assert {"freezing", "bank_information", "confiscation", "asset_return"} <= set(measures(plan))


def test_brand_word_on_a_platform_is_looked_at_first() -> None:
    page = seen(URL, "https://facebook.com/suvarnarekhabank", tie("US", Role.PLATFORM, "meta_us"), places=LINK)
    account = seen(ObservableKind.USER_ACCOUNT, "x:suvarnarekhabank", tie("US", Role.PLATFORM, "x_us"))
    plan = plan_of(case_of(rest=BRAND), leads_of(page, account))
    assert set(codes(plan).values()) == {"brand-page"}


def test_unknown_role_gives_nothing_and_kinds_that_do_not_fit_are_not_accepted() -> None:
    odd = seen(ObservableKind.FILE_HASH, "00ff", tie("US", Role.UNKNOWN))
    misfit = seen(URL, "https://x.example/a", tie("US", Role.REGISTRY, "verisign"), places=LINK)
    plan = plan_of(case_of(), leads_of(odd, misfit), on=ON)
    assert codes(plan) == {"00ff": "role-gives-nothing", "https://x.example/a": "not-accepted"}


BOX = seen(
    ObservableKind.EMAIL,
    "desk_x@outlook.com",
    tie("US", Role.MAIL_PROVIDER, "microsoft_us", "Microsoft", Confidence.MEDIUM),
    tie("IE", Role.MAIL_PROVIDER, "microsoft_ie", "Microsoft (EU)", Confidence.LOW),
)


def test_the_entity_with_the_far_better_way_is_asked() -> None:
    sent = mail("a@b.example", reply_to=("desk_x@outlook.com",))
    [holder] = plan_of(case_of("FR"), leads_of(BOX, mails=(sent,))).holders
    assert (holder.state, holder.provider, holder.confidence) == ("IE", "microsoft_ie", Confidence.MEDIUM)
    assert "the best way leads to it, by the Regulation (EU) 2023/1543" in holder.ties[0].reasons[-1].text
    assert "desk_x@outlook.com may instead be held by Microsoft (US)" in holder.notes


def test_the_entity_at_home_is_asked() -> None:
    sent = mail("a@b.example", reply_to=("desk_x@outlook.com",))
    [holder] = plan_of(case_of("IE"), leads_of(BOX, mails=(sent,))).holders
    assert (holder.state, holder.domestic) == ("IE", True)
    assert holder.ties[0].reasons[-1].text.endswith("the best way leads to it, at home")


def test_the_surest_entity_is_asked_where_no_way_is_far_better() -> None:
    sent = mail("a@b.example", reply_to=("desk_x@outlook.com",))
    [holder] = plan_of(case_of("IN"), leads_of(BOX, mails=(sent,))).holders
    assert (holder.state, holder.provider) == ("US", "microsoft_us")
    lone = seen(ObservableKind.EMAIL, BOX.value, *(tie(n.state, n.role, "", n.provider_name) for n in BOX.nexus))
    [holder] = plan_of(case_of("FR"), leads_of(lone, mails=(sent,))).holders
    assert holder.state == "US"


def test_who_wrote_in_a_chat_is_asked_about_and_who_is_only_named_there_is_not() -> None:
    operator = tie("NG", Role.TELECOM, name="Operator")
    line = (place("line 3"),)
    wrote = seen(ObservableKind.PHONE, "+2348035550142", operator, places=line, tags=("chat-participant",))
    named = seen(ObservableKind.PHONE, "+2348035550199", operator, places=line)
    plan = plan_of(case_of(), leads_of(wrote, named, kinds=(ArtifactKind.CHAT,)))
    assert [t.value for holder in plan.holders for t in holder.ties] == ["+2348035550142"]
    assert codes(plan)["+2348035550199"] == "too-weak"
