"""Accounts, bank codes, UPI addresses and cards to the state and the institution that holds the money."""

import re
from collections import Counter
from functools import lru_cache
from importlib.metadata import version

import pycountry

from comity.law import Confidence
from comity.leads.extract.nationalaccount import SORT_CODE
from comity.leads.model import Nexus, Reason, ReasonKind, Role
from comity.leads.nexus.context import Sighting
from comity.leads.nexus.money import MoneyTables
from comity.leads.nexus.tied import Tied, no_state, preceded


def tie_iban(value: str, *, sighting: Sighting) -> Tied:
    """The state is that of the two first letters (ISO 13616); the bank that of the national registry."""
    from schwifty import IBAN

    state = _state(value[:2])
    if state is None:
        return Tied(nexus=(_no_account_state(f"{value[:2]} is no country code of ISO 3166", "ISO 13616"),))
    iban = IBAN(value, allow_invalid=True)
    held = Reason(
        text=f"the account is held in {state}, whose code begins the IBAN",
        source="ISO 13616",
        said="iban_state",
        about={"state": state},
    )
    if not iban.is_valid:
        wrong = Reason(
            kind=ReasonKind.CAVEAT,
            text="the check digits or the length are wrong: it may be no account at all",
            source="ISO 13616",
        )
        return _institution(state, "", Confidence.LOW, (held, wrong), sighting=sighting)
    bank = _bank_name(iban.bank_name)
    if state in _BRANCHES_LISTED and iban.bic is not None:
        bank = _bank_of(iban.bic.bank_names) or bank
    if not bank:
        unknown = Reason(
            kind=ReasonKind.CAVEAT,
            text=f"bank code {iban.bank_code or 'none'} is not in the registry at hand",
            source=_registry(),
        )
        return _institution(state, "", Confidence.HIGH, (held, unknown), sighting=sighting)
    named = Reason(
        text=f"bank code {iban.bank_code} is of {bank}",
        source=_registry(),
        said="bank_code",
        about={"code": str(iban.bank_code), "bank": bank},
    )
    return _institution(state, bank, Confidence.HIGH, (held, named), sighting=sighting)


def tie_bic(value: str, *, sighting: Sighting) -> Tied:
    """The state is that of the fifth and sixth letter (ISO 9362)."""
    from schwifty import BIC

    state = _state(value[4:6])
    if state is None:
        return Tied(nexus=(_no_account_state(f"{value[4:6]} is no country code of ISO 3166", "ISO 9362"),))
    seat = Reason(
        text=f"the fifth and sixth letter of the BIC are {state}",
        source="ISO 9362",
        said="bic_state",
        about={"state": state},
    )
    names = BIC(value, allow_invalid=True).bank_names
    bank = _bank_of(names)
    named = (
        Reason(text=f"{value} is of {bank}", source=_registry(), said="bank_code", about={"code": value, "bank": bank})
        if bank
        else Reason(kind=ReasonKind.CAVEAT, text=_unnamed(value, names), source=_registry())
    )
    return _institution(state, bank, Confidence.HIGH, (seat, named), sighting=sighting)


def tie_ifsc(value: str, *, tables: MoneyTables, sighting: Sighting) -> Tied:
    """An Indian bank branch; the code of a small bank may begin with the letters of the bank that it uses."""
    known = tables.indian_bank(value.upper())
    india = Reason(
        text="an IFSC names a branch of a bank in India", source="Reserve Bank of India, IFSC", said="ifsc_india"
    )
    if known is None:
        unknown = Reason(
            kind=ReasonKind.CAVEAT,
            text=f"{value[:4]} is not in the list of banks at hand",
            source=tables.indian_banks_cite,
        )
        return _institution("IN", "", Confidence.MEDIUM, (india, unknown), sighting=sighting)
    bank = known.bank or known.bank_code
    named = Reason(
        text=f"{known.prefix} is of {bank}",
        source=tables.indian_banks_cite,
        said="bank_code",
        about={"code": known.prefix, "bank": bank},
    )
    return _institution("IN", bank, Confidence.HIGH, (india, named), sighting=sighting)


def tie_upi(value: str, *, tables: MoneyTables, sighting: Sighting) -> Tied:
    """India's payment system; the handle names the application and its bank, seldom the bank of the account."""
    handle = value.rpartition("@")[2].lower()
    india = Reason(
        text="a UPI address is a payment address of India's UPI, run by NPCI", source="NPCI, UPI", said="upi_india"
    )
    known = tables.upi_handle(handle)
    if known is None:
        asked = Reason(
            kind=ReasonKind.CAVEAT, text=f"who stands behind @{handle} is not in the list at hand; NPCI can say"
        )
        return _institution("IN", "", Confidence.MEDIUM, (india, asked), sighting=sighting, role=Role.PAYMENT_SERVICE)
    if known.account_bank:
        own = Reason(
            text=f"@{handle} is {known.account_bank}'s own handle",
            source=known.cite,
            said="upi_own",
            about={"handle": f"@{handle}", "bank": known.account_bank},
        )
        return _institution("IN", known.account_bank, known.confidence, (india, own), sighting=sighting)
    through = f", carried by {known.psp_bank}" if known.psp_bank else ""
    reasons = (
        india,
        Reason(
            text=f"@{handle} is a handle of {known.app}{through}" + (f"; {known.note}" if known.note else ""),
            source=known.cite,
            said="upi_through" if known.psp_bank else "upi_handle",
            about={"handle": f"@{handle}", "app": known.app, "bank": known.psp_bank},
        ),
        Reason(
            kind=ReasonKind.CAVEAT,
            text="the account itself may be with another bank: the bank that carries the payments, or NPCI, can say",
        ),
    )
    name = f"{known.app} ({known.psp_bank})" if known.psp_bank else known.app
    return _institution("IN", name, known.confidence, reasons, sighting=sighting, role=Role.PAYMENT_SERVICE)


def tie_card(value: str, *, tables: MoneyTables, sighting: Sighting) -> Tied:
    """The network by the leading digits; the issuing bank is in no free list, so the network must be asked."""
    known = tables.card_network(re.match(r"\d*", value).group())  # type: ignore[union-attr]  # matches the empty string
    asked = Reason(
        kind=ReasonKind.CAVEAT,
        text="which bank issued the card, and where, only the network's own table of issuers tells",
    )
    if known is None:
        unknown = Reason(
            kind=ReasonKind.CAVEAT, text="no card network is known for these leading digits", source="ISO/IEC 7812"
        )
        return _institution("", "", Confidence.LOW, (unknown, asked), sighting=sighting)
    note = f"; {known.note}" if known.note else ""
    network = Reason(
        text=f"the leading digits are of {known.network}{note}",
        source=known.cite,
        said="card_network",
        about={"network": known.network},
    )
    return _institution(known.state, known.network, known.confidence, (network, asked), sighting=sighting)


def tie_transaction(value: str, *, tables: MoneyTables, sighting: Sighting) -> Tied:
    """An Indian UTR begins with the paying bank's four letters; other references tell nothing by themselves."""
    known = tables.indian_bank(value[:4].upper()) if _UTR.fullmatch(value.upper()) else None
    if known is None:
        said = Reason(
            kind=ReasonKind.CAVEAT,
            text="a reference of a payment tells no state by itself: ask the bank or look it up on its chain",
        )
        return Tied(nexus=(no_state(*_parts(sighting), said, confidence=Confidence.LOW),))
    reason = Reason(
        text=f"it has the form of an Indian UTR, and {value[:4].upper()} is of {known.bank}, which then sent it",
        source=f"{tables.indian_banks_cite}; form from memory, to be confirmed",
        said="utr",
        about={"code": value[:4].upper(), "bank": known.bank},
    )
    return _institution("IN", known.bank, Confidence.LOW, (reason,), sighting=sighting)


_UTR = re.compile(r"[A-Z]{4}(?:[A-Z0-9]{12}|[A-Z0-9]{18})")


def tie_national_account(value: str, *, sighting: Sighting) -> Tied:
    """A national account number names no state without the code of its bank; a sort code is such a code."""
    if SORT_CODE in sighting.tags:
        return _british(value, sighting=sighting)
    said = Reason(
        kind=ReasonKind.CAVEAT, text="a national account number names no state: the bank's code or name beside it does"
    )
    return _institution("", "", Confidence.LOW, (said,), sighting=sighting)


def _british(value: str, *, sighting: Sighting) -> Tied:
    """The United Kingdom, whose banks have such codes; those that begin with 9 are of Ireland as well."""
    sort = f"{value[:2]}-{value[2:4]}-{value[4:6]}"
    form = Reason(
        text=f"sort code {sort} and eight digits: an account of a bank in the United Kingdom",
        source=_SORTED,
        said="sort_code",
        about={"code": sort},
    )
    shared = Reason(kind=ReasonKind.CAVEAT, text="codes that begin with 9 are given to banks in Ireland too")
    reasons = (form, shared) if sort.startswith("9") else (form,)
    confidence = Confidence.LOW if sort.startswith("9") else Confidence.MEDIUM
    return _institution("GB", f"the bank of sort code {sort}", confidence, reasons, sighting=sighting)


_SORTED = "form of UK account numbers, from memory"


def _institution(
    state: str,
    name: str,
    confidence: Confidence,
    reasons: tuple[Reason, ...],
    *,
    sighting: Sighting,
    role: Role = Role.FINANCIAL_INSTITUTION,
) -> Tied:
    tie = Nexus(state=state, provider_name=name, role=role, confidence=confidence, reasons=reasons)
    tags = {"payer": sighting.payer, "payee": sighting.payee}
    return Tied(nexus=preceded((tie,), *_parts(sighting)), tags=tuple(tag for tag, said in tags.items() if said))


def _parts(sighting: Sighting) -> tuple[Reason, ...]:
    return tuple(reason for reason in (sighting.payer, sighting.payee) if reason is not None)


def _no_account_state(text: str, standard: str) -> Nexus:
    said = Reason(kind=ReasonKind.CAVEAT, text=text, source=standard)
    return no_state(said, role=Role.FINANCIAL_INSTITUTION, confidence=Confidence.MEDIUM)


def _state(code: str) -> str | None:
    """The code, where it is one of ISO 3166 or Kosovo's; None: it is not."""
    code = code.upper()
    return code if code == "XK" or pycountry.countries.get(alpha_2=code) is not None else None


def _unnamed(bic: str, names: list[str]) -> str:
    if not names:
        return f"{bic} is not in the registry at hand"
    return f"{bic} is shared by {len(names)} banks, {names[0]} among them: the account's own bank code tells which"


_BRANCHES_LISTED = frozenset({"HU"})
"""States whose register lists each branch under the code of its bank, so that a code has a branch's name."""


def _bank_of(names: list[str]) -> str:
    """The bank among the names of one BIC, some of its branches and customers; empty: several banks share the code.

    >>> _bank_of(["Banco Primus Fióktelep", "OTP Bank Nyrt.", "OTP Budapesti r., I. Iskola u."])
    'OTP Bank Nyrt.'
    >>> _bank_of(["BANCA CENTRO EMILIA", "CASSA RURALE DI BOLZANO"])
    ''
    """
    named = [name for name in names if name.strip()]
    firsts = Counter(_first_word(name) for name in named)
    common, times = firsts.most_common(1)[0] if firsts else ("", 0)
    alike = [name for name in named if _first_word(name) == common]
    return min(alike, key=len) if times * 2 > len(named) else ""


_ANY_BANKS = frozenset(
    "bank banca banco banque bcc cassa caixa caja kasse crédit credit credito kredito the di de del della dei la le "
    "cooperativo cooperativa rurale raiffeisen spółdzielczy unija".split()
)
"""Words with which the names of many banks begin."""


def _first_word(name: str) -> str:
    words = [word.casefold().strip("\"'.,-") for word in name.split()]
    return next((word for word in words if word and word not in _ANY_BANKS), words[0])


def _bank_name(name: str | None) -> str:
    return name or ""


@lru_cache(maxsize=1)
def _registry() -> str:
    """The release of the registry is its date: year, month, number."""
    return f"schwifty bank registry {version('schwifty')}"
