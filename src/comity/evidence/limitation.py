"""Use limitations: what a receiver may do with evidence, as rules that travel with it and answer questions.

`policy` writes them as ODRL.
"""

from datetime import date
from enum import StrEnum
from typing import Literal

import msgspec


class Purpose(StrEnum):
    """What evidence is used for."""

    INVESTIGATION = "investigation"
    PROSECUTION = "prosecution"
    COURT = "court"
    """As evidence at trial."""
    THREAT_PREVENTION = "threat_prevention"
    """To prevent an immediate and serious threat to public security."""
    INTELLIGENCE = "intelligence"
    CIVIL = "civil"
    """Civil or administrative proceedings, compensation, confiscation without conviction."""
    VICTIM_SUPPORT = "victim_support"
    STATISTICS = "statistics"
    TRAINING = "training"
    PRE_CHECK = "pre_check"
    """To say what is missing in a draft, before it becomes a request."""


class Limitations(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the owner lays down; what is empty is not limited."""

    cases: tuple[str, ...] = ()
    """Speciality: only for these cases."""
    purposes: tuple[Purpose, ...] = ()
    """Only for these purposes."""
    not_in_court: bool = False
    """Police or intelligence information: not to be used as evidence."""
    no_onward_transfer: bool = False
    """To be given to nobody but those in `share_with`."""
    share_with: tuple[str, ...] = ()
    """Who may have it all the same: names of agencies, or ISO 3166 codes of states."""
    delete_by: date | None = None
    """From the day after it must be gone."""
    notify: str = ""
    """Whom to tell of each use."""
    reason: str = ""
    """The instrument and article, or the owner's words."""
    owner: str = ""
    """Who may extend them."""


LAID_DOWN = ("cases", "purposes", "not_in_court", "no_onward_transfer", "delete_by")
"""Fields of `Limitations` that a use is judged by."""
UNLIMITED = "unlimited"
"""Name of the ruling on a package whose owner laid nothing down."""


def is_limited(limitations: Limitations) -> bool:
    """True where the owner laid down at least one rule that a use is judged by."""
    return any(getattr(limitations, field) for field in LAID_DOWN)


class Use(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wants to do."""

    purpose: Purpose
    on: date
    case: str = ""
    """Empty: not told."""
    share_with: str = ""
    """Empty: nobody."""


class Grant(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The owner's consent to more, signed by its CMS key; it extends, and never narrows."""

    format: Literal["comity-use-grant/1"] = "comity-use-grant/1"
    package: str
    signed_list_sha512: str = ""
    """Seal of the package that is meant, hexadecimal; empty: the one that the owner itself sealed under that id."""
    cases: tuple[str, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    in_court: bool = False
    share_with: tuple[str, ...] = ()
    delete_by: date | None = None
    granted_by: str
    granted_on: date
    ends_on: date | None = None
    """The last day on which the consent holds."""
    reference: str = ""


class Restriction(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The holder's own promise to leave evidence unused, on recall or while something is disputed."""

    since: date
    purposes: tuple[Purpose, ...] = ()
    """Only for these it may still be used; empty: for none, it is only kept."""
    until: date | None = None
    """Last day; None: until it is lifted."""
    reference: str = ""
    """Of the owner's recall, or of the rule that asks for it."""


class Answer(StrEnum):
    ALLOWED = "allowed"
    FORBIDDEN = "forbidden"
    UNKNOWN = "unknown"
    """It is not shown whose rules these are: nothing follows from what they do not forbid."""


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """One rule's word on a use."""

    rule: str
    """Field of `Limitations` that decides."""
    answer: Answer
    why: str


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a use is allowed, with every rule's word on it."""

    answer: Answer
    rulings: tuple[Ruling, ...]
    duties: tuple[str, ...]
    """What must be done with it all the same."""


def may(
    use: Use,
    limitations: Limitations,
    grants: tuple[Grant, ...] = (),
    restrictions: tuple[Restriction, ...] = (),
    *,
    end_of_access_on: date | None = None,
    gone: str = "",
    doubts: tuple[str, ...] = (),
) -> Decision:
    """Whether a use is allowed under the limitations, as extended by grants that hold on that day, and under the
    holder's restrictions and the end of access, which no grant lifts.

    `gone`: why the holder should have it no more.

    `doubts`: why it is not shown whose limitations these are. What they forbid is forbidden all the same; what they do
    not forbid is not thereby allowed.
    """
    holding = [one for one in grants if one.granted_on <= use.on and (one.ends_on is None or use.on <= one.ends_on)]
    rulings = tuple(
        ruling
        for ruling in (
            _case(use, limitations, holding),
            _purpose(use, limitations, holding),
            _court(use, limitations, holding),
            _sharing(use, limitations, holding),
            _time(use, limitations, holding),
            _access(use, end_of_access_on),
            _forbid("custody", gone) if gone else None,
            *(_restricted(use, one) for one in restrictions),
        )
        if ruling is not None
    )
    forbidden = any(ruling.answer is Answer.FORBIDDEN for ruling in rulings)
    if not (doubts or forbidden or any(ruling.rule in LAID_DOWN for ruling in rulings)):
        rulings += (_silence(limitations),)
    rulings += tuple(Ruling(rule="verification", answer=Answer.UNKNOWN, why=doubt) for doubt in doubts)
    duties = tuple(duty for duty in (_notice(limitations), _deletion(limitations, holding)) if duty)
    answer = Answer.FORBIDDEN if forbidden else Answer.UNKNOWN if doubts else Answer.ALLOWED
    return Decision(answer=answer, rulings=rulings, duties=duties if answer is Answer.ALLOWED else ())


def _silence(limitations: Limitations) -> Ruling:
    """Why nothing that the owner laid down decides: what binds otherwise is not in the package, and must be said."""
    elsewhere = "what a treaty, the law or the request behind it lays down does not stand in the package: look there"
    if is_limited(limitations):
        return _allow("none", f"none of the owner's limitations bears on this use; {elsewhere}")
    return _allow(UNLIMITED, f"its owner laid down no limitation in the package; {elsewhere}")


def _access(use: Use, end_of_access_on: date | None) -> Ruling | None:
    if end_of_access_on is None:
        return None
    if use.on >= end_of_access_on:
        return _forbid("end_of_access", f"access ended on {end_of_access_on}: it may no longer be read")
    return _allow("end_of_access", f"it may be read until {end_of_access_on}, and not on that day any more")


def _case(use: Use, limitations: Limitations, grants: list[Grant]) -> Ruling | None:
    if not limitations.cases:
        return None
    by_grant = {case for one in grants for case in one.cases}
    listed = ", ".join(limitations.cases)
    if not use.case:
        return _forbid("cases", f"it is bound to {listed} (speciality), and no case was named")
    if use.case in limitations.cases:
        return _allow("cases", f"it is for {use.case} (speciality)")
    if use.case in by_grant:
        return _allow("cases", f"the owner consented to its use in {use.case}")
    return _forbid("cases", f"it is bound to {listed} (speciality); {use.case} needs the owner's consent")


def _purpose(use: Use, limitations: Limitations, grants: list[Grant]) -> Ruling | None:
    if not limitations.purposes:
        return None
    if use.purpose in limitations.purposes:
        return _allow("purposes", f"{use.purpose} is a purpose that it was given for")
    if any(use.purpose in one.purposes for one in grants):
        return _allow("purposes", f"the owner consented to {use.purpose}")
    return _forbid("purposes", f"it was given for {', '.join(limitations.purposes)} only, not for {use.purpose}")


def _court(use: Use, limitations: Limitations, grants: list[Grant]) -> Ruling | None:
    if not limitations.not_in_court or use.purpose is not Purpose.COURT:
        return None
    if any(one.in_court for one in grants):
        return _allow("not_in_court", "the owner consented to its use in court")
    return _forbid("not_in_court", "it must not be used as evidence in court without the owner's consent")


def _sharing(use: Use, limitations: Limitations, grants: list[Grant]) -> Ruling | None:
    if not limitations.no_onward_transfer or not use.share_with:
        return None
    if _is_among(use.share_with, limitations.share_with):
        return _allow("no_onward_transfer", f"{use.share_with} is among those who may have it")
    if any(_is_among(use.share_with, one.share_with) for one in grants):
        return _allow("no_onward_transfer", f"the owner consented to its transfer to {use.share_with}")
    return _forbid("no_onward_transfer", f"it must not be given to {use.share_with} without the owner's consent")


def _is_among(name: str, names: tuple[str, ...]) -> bool:
    """True where an agency or a state is named, in capitals or not."""
    return " ".join(name.casefold().split()) in {" ".join(one.casefold().split()) for one in names}


def _time(use: Use, limitations: Limitations, grants: list[Grant]) -> Ruling | None:
    last = last_day(limitations, grants)
    if last is None:
        return None
    if use.on <= last:
        return _allow("delete_by", f"it may be kept until {last}")
    return _forbid("delete_by", f"it had to be deleted by {last}")


def _restricted(use: Use, restriction: Restriction) -> Ruling | None:
    if use.on < restriction.since or (restriction.until is not None and use.on > restriction.until):
        return None
    whose = f" ({restriction.reference})" if restriction.reference else ""
    if use.purpose in restriction.purposes:
        return _allow(
            "restriction", f"its use is restricted since {restriction.since}{whose}, but not for {use.purpose}"
        )
    return _forbid("restriction", f"its use is restricted since {restriction.since}{whose}: it is only kept")


def last_day(limitations: Limitations, grants: list[Grant]) -> date | None:
    """The last day on which evidence may be kept, as consents extend it; None: no day was laid down.

    A consent that ends extends it no further than to its own last day.
    """
    if limitations.delete_by is None:
        return None
    extended = (min(one.delete_by, one.ends_on or one.delete_by) for one in grants if one.delete_by is not None)
    return max([limitations.delete_by, *extended])


def _notice(limitations: Limitations) -> str:
    return f"tell {limitations.notify} of this use" if limitations.notify else ""


def _deletion(limitations: Limitations, grants: list[Grant]) -> str:
    last = last_day(limitations, grants)
    return f"delete it by {last}" if last else ""


def _allow(rule: str, why: str) -> Ruling:
    return Ruling(rule=rule, answer=Answer.ALLOWED, why=why)


def _forbid(rule: str, why: str) -> Ruling:
    return Ruling(rule=rule, answer=Answer.FORBIDDEN, why=why)
