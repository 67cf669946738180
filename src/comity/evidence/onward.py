"""Limitations of evidence that is sealed onward: what both its owner and who seals it allow."""

from typing import TypeVar

from comity.evidence.limitation import Grant, Limitations

_Value = TypeVar("_Value")


def both(theirs: Limitations, mine: Limitations, grants: tuple[Grant, ...] = (), *, owner: str) -> Limitations:
    """What both the owner, as extended by its consents, and oneself allow: never more than the owner does.

    A consent that ends gives no more than its time: what it let out must be gone on the day on which it ends.
    """
    cases = _extended(theirs.cases, tuple(case for grant in grants for case in grant.cases))
    purposes = _extended(theirs.purposes, tuple(purpose for grant in grants for purpose in grant.purposes))
    shared = (*theirs.share_with, *(name for grant in grants for name in grant.share_with))
    ends = [end for end in (theirs.delete_by, mine.delete_by, *(grant.ends_on for grant in grants)) if end is not None]
    bound = ((theirs.no_onward_transfer, shared), (mine.no_onward_transfer, mine.share_with))
    only = [names for is_bound, names in bound if is_bound]
    return Limitations(
        cases=_narrowed(cases, mine.cases),
        purposes=_narrowed(purposes, mine.purposes),
        not_in_court=mine.not_in_court or (theirs.not_in_court and not any(grant.in_court for grant in grants)),
        no_onward_transfer=bool(only),
        share_with=tuple(name for name in only[0] if all(name in names for names in only)) if only else (),
        delete_by=min(ends, default=None),
        notify="; ".join(dict.fromkeys(text for text in (theirs.notify, mine.notify) if text)),
        reason="; ".join(dict.fromkeys(text for text in (theirs.reason, *map(_said, grants), mine.reason) if text)),
        owner=owner,
    )


def _said(grant: Grant) -> str:
    """A consent, for whoever receives what it let out and has not seen it."""
    reference = f" {grant.reference}" if grant.reference else ""
    until = f", until {grant.ends_on}" if grant.ends_on else ""
    return f"consent{reference} of {grant.granted_by} of {grant.granted_on}{until}"


def _extended(limited: tuple[_Value, ...], more: tuple[_Value, ...]) -> tuple[_Value, ...]:
    return tuple(dict.fromkeys((*limited, *more))) if limited else ()


def _narrowed(theirs: tuple[_Value, ...], mine: tuple[_Value, ...]) -> tuple[_Value, ...]:
    """What is in both; theirs, where nothing is: an empty tuple would limit nothing."""
    if not theirs or not mine:
        return theirs or mine
    return tuple(one for one in mine if one in theirs) or theirs
