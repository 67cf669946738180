"""Ids of the vocabularies of law, letters and requests, as words in the reader's language.

Letters have names for measures, offences, channels, grounds and their own kinds in every language, which are used here
too; the rest is said by the catalogues of the pages.
"""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from comity.law import Channel, Ground, Measure
from comity.law.route import Verdict
from comity.law.vocabulary import RefusalGround
from comity.letters import Kind
from comity.letters.wording import ORIGINAL, catalogue

_SECTIONS: dict[type[StrEnum], str] = {
    Measure: "measure",
    Kind: "kind",
    Channel: "channel",
    RefusalGround: "refusal",
    Ground: "ground",
    Verdict: "verdict",
}
_SEARCHED = ("measure", "kind", "offence", "refusal", "channel")
"""Sections in which an id is looked for that comes out of the database, without its vocabulary."""


def words(name: object) -> str:
    """An id such as ``traffic_data`` as words; one that has no name in the language is said by its English self."""
    section = _SECTIONS.get(type(name))  # type: ignore[arg-type]  # any other type has none
    if section is None and (own := WORDS.get(str(name))):
        return str(own)
    language = get_language() or ORIGINAL
    entries = catalogue(language).entries
    for one in (section,) if section else _SEARCHED:
        # In English a measure is called by its id, the short name of treaties' practice, and not as in a letter.
        if (found := entries.get(f"{one}.{name}")) and not (one == "measure" and language.startswith(ORIGINAL)):
            return found
    return str(name).replace("_", " ")


def titled(name: object) -> str:
    """As `words`, with a capital, as a list for choosing shows it."""
    said = words(name)
    return said[:1].upper() + said[1:]


def measure_choices(first: Promise | str | None = None) -> list[tuple[str, Promise | str]]:
    """All measures for a form, after `first` for none of them."""
    begins: list[tuple[str, Promise | str]] = [] if first is None else [("", first)]
    return [*begins, *((one.value, titled(one)) for one in Measure)]


WORDS: dict[str, Promise | str] = {
    # Of a route.
    "open": _("open"),
    "conditional": _("conditional"),
    "closed": _("closed"),
    "conditional, owed by nobody": _("conditional, owed by nobody"),
    "conditional, then owed": _("conditional, then owed"),
    "open for police information only": _("open for police information only"),
    "open to evidence, not owed": _("open to evidence, not owed"),
    "open to evidence, owed": _("open to evidence, owed"),
    "met": _("met"),
    "unmet": _("not met"),
    "to_check": _("to be checked"),
    "live": _("to be expected"),
    "possible": _("possible"),
    "excluded": _("excluded"),
    # Of what a thing does in a case (`comity.leads.Role`).
    "origin": _("origin"),
    "infrastructure": _("infrastructure"),
    "mail_provider": _("mail provider"),
    "registrar": _("registrar"),
    "registry": _("registry"),
    "financial_institution": _("financial institution"),
    "payment_service": _("payment service"),
    "exchange": _("exchange for crypto-assets"),
    "telecom": _("telecommunications operator"),
    "platform": _("platform"),
    "anonymiser": _("anonymiser"),
    "victim": _("victim"),
    # Of what a state is in a case.
    "requesting": _("requesting state"),
    "victims": _("victims"),
    "data": _("data"),
    "money": _("money"),
    "suspect": _("suspect"),
    "transit": _("transit"),
    # Of moments.
    "evidence": _("in the evidence"),
    "case": _("told by the case file"),
    "mail": _("mail"),
    # Of things in the evidence.
    "ipv4-addr": _("IPv4 address"),
    "ipv6-addr": _("IPv6 address"),
    "domain-name": _("domain name"),
    "url": _("web address"),
    "email-addr": _("e-mail address"),
    "autonomous-system": _("network"),
    "file-hash": _("digest of a file"),
    "user-account": _("account of a user"),
    "phone-number": _("telephone number"),
    "iban": _("IBAN"),
    "bic": _("BIC"),
    "payment-card": _("payment card"),
    "bank-account": _("bank account"),
    "upi-address": _("UPI address"),
    "ifsc": _("IFSC code"),
    "crypto-address": _("crypto-asset address"),
    "imei": _("IMEI"),
    "transaction-reference": _("reference of a payment"),
    # How sure.
    "high": _("high"),
    "medium": _("medium"),
    "low": _("low"),
    # Of time.
    "hours": _("hours"),
    "days": _("days"),
    "working_days": _("working days"),
    "months": _("months"),
    "years": _("years"),
    "routine": _("routine"),
    "urgent": _("urgent"),
    "emergency": _("emergency"),
    # Of instruments.
    "convention": _("convention"),
    "protocol": _("protocol"),
    "eu_act": _("act of the European Union"),
    "scheme": _("scheme"),
    "network": _("network"),
    "organisation": _("organisation"),
    "comity": _("comity"),
    "voluntary_disclosure": _("voluntary disclosure"),
    "mlat": _("treaty on mutual legal assistance"),
    "extradition_arrangement": _("extradition arrangement"),
    "agreement_supplement": _("supplement to an agreement"),
    "executive_agreement": _("executive agreement"),
    "framework": _("framework"),
    "mou": _("memorandum of understanding"),
    # Of dual criminality.
    "required": _("required"),
    "may_require": _("may be required"),
    "depends": _("depends on the case"),
    "not_required": _("not required"),
    "ongoing_proceedings_postpone": _("own proceedings under way (postpones only)"),
    # Of authorities.
    "central_authority": _("central authority"),
    "contact_24_7": _("24/7 contact point"),
    "fiu": _("financial intelligence unit"),
    "interpol_ncb": _("INTERPOL national central bureau"),
    "national_cert": _("national CERT"),
    # Of a territory and the state that answers for it.
    "whole": _("as a part of it"),
    "extension": _("only where extended to it"),
    "region": _("shared treaties only where extended to it; those between two states are its own"),
    "own": _("by its own treaties alone"),
    # Of a state and an instrument.
    "stays_out": _("stays out"),
    "undecided": _("undecided"),
    "joined_later": _("joined later"),
    # Of what a change of the law brings.
    "opens": _("opens"),
    "closes": _("closes"),
    "stronger": _("becomes stronger"),
    "weaker": _("becomes weaker"),
    "faster": _("becomes faster"),
    "slower": _("becomes slower"),
    "more": _("has more ways"),
    "fewer": _("has fewer ways"),
    "other": _("another"),
    # Of a letter and where its words come from.
    "present": _("present"),
    "weak": _("weak"),
    "missing": _("missing"),
    "case_file": _("facts of the case"),
    "plan": _("plan"),
    "law_data": _("law data"),
    "wording": _("fixed wording"),
    "drafter": _("drafter"),
    "received": _("as it was received"),
    # Of a letter that came.
    "not_believed": _("not believed"),
    "admissible": _("admissible"),
    "ask_back": _("to be asked back"),
    "refusal_open": _("a ground for refusal is open"),
    "not_admissible": _("not admissible"),
    "cannot_tell": _("cannot be told"),
    "right": _("the right one"),
    "unknown": _("not known"),
    # Of what changed between two plans.
    "route": _("route"),
    "objects": _("what it is about"),
    "start_by": _("when to begin"),
    "due": _("when the answer is due"),
    "expires": _("when it lapses"),
    "obstacles": _("what stands in the way"),
}
