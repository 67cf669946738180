"""What the owners of evidence lay on its use here: the one place that is asked before any byte of it is given."""

from collections.abc import Iterable
from datetime import date

import msgspec
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.evidence.keys import age_recipients
from comity.evidence.limitation import Answer, Decision, Limitations, Purpose, Use, may
from comity.evidence.limitation_words import in_words
from comity.evidence.onward import both
from comity.evidence.package import Recipient
from comity.node.artifacts.models import Artifact
from comity.node.errors import InvalidError, NotAllowedError
from comity.node.vault.models import Origin, Package, Wanted
from comity.node.vault.store import known

NOBODY = "a key of nobody who is known here"
_WHOSE = ("signature", "post-quantum-signature", "certificate", "revocation", "sender", "use-limitations")
"""Checks without which it is not shown whose limitations these are."""


def limiting(artifacts: Iterable[Artifact]) -> dict[str, tuple[Package, ...]]:
    """By file: the packages of others whose limitations bind its use. One that the case had before is not bound."""
    ids = [artifact.pk for artifact in artifacts]
    found: dict[str, list[Package]] = {}
    packages = Package.objects.kept().select_related("case").prefetch_related("consents")
    for package in packages.filter(artifact__in=ids):
        found.setdefault(package.artifact_id or "", []).append(package)
    rows = Origin.objects.filter(artifact__in=ids).values_list("artifact", "package", "ours")
    owned = {artifact for artifact, _package, ours in rows if ours}
    by_id = packages.in_bulk({package for artifact, package, _ours in rows if artifact not in owned})
    for artifact, package_id, _ours in rows:
        if artifact not in owned:
            found.setdefault(artifact, []).extend([by_id[package_id]] if package_id in by_id else [])
    return {one: bound for one in found if (bound := tuple(p for p in found[one] if _is_limited(p)))}


def _is_limited(package: Package) -> bool:
    """True where its owner laid anything down that bears on use."""
    limits, ends_on = package.limitations(), _end_of_access(package)
    return ends_on is not None or (limits is not None and limits != Limitations(owner=limits.owner))


def decide(package: Package, purpose: Purpose, *, share_with: str = "", on: date | None = None) -> Decision:
    """Whether evidence of a package may be used so in its case, as its owner and its consents say."""
    use = Use(
        purpose=purpose,
        on=on or timezone.localdate(),
        case=package.known_as or package.case.reference,
        share_with=share_with,
    )
    return decide_use(package, use)


def decide_use(package: Package, use: Use) -> Decision:
    """Whether a use that somebody has in mind is allowed."""
    found = package.found()
    wanting = (one for one in (found.checks if found else ()) if one.name in _WHOSE and one.verdict.value != "passed")
    return may(
        use,
        package.limitations() or Limitations(),
        tuple(one.grant() for one in package.consents.all()),
        end_of_access_on=_end_of_access(package),
        doubts=() if package.sealed_here else tuple(f"{one.title}: {'; '.join(one.reasons)}" for one in wanting),
    )


def require_use(artifact: Artifact, purpose: Purpose | None, packages: tuple[Package, ...] | None = None) -> None:
    """NotAllowedError with the rule that forbids it; InvalidError where a purpose must be told and was not."""
    if artifact.removed_at is not None:
        raise NotAllowedError(_("%(file)s was deleted: only its record is left") % {"file": artifact})
    for package in limiting([artifact]).get(artifact.pk, ()) if packages is None else packages:
        if purpose is None:
            raise InvalidError({"purpose": _("its owner limits its use: say what it is for")})
        if problem := forbids(decide(package, purpose)):
            raise NotAllowedError(problem)


def forbids(decision: Decision) -> str:
    """The rules that forbid a use, in words; empty: none does."""
    if decision.answer is not Answer.FORBIDDEN:
        return ""
    return "; ".join(f"{one.rule}: {one.why}" for one in decision.rulings if one.answer is Answer.FORBIDDEN)


def usable(artifacts: Iterable[Artifact], purpose: Purpose) -> tuple[Artifact, ...]:
    """The files that are here and may be used for a purpose."""
    there = [artifact for artifact in artifacts if artifact.removed_at is None]
    bound = limiting(there)
    return tuple(
        one for one in there if not any(forbids(decide(package, purpose)) for package in bound.get(one.pk, ()))
    )


def words(packages: Iterable[Package]) -> tuple[tuple[str, str], ...]:
    """What binds a file, for whoever looks at it: rule and words, each once."""
    said = [line for one in packages for line in in_words(one.limitations() or Limitations())]
    said += [
        ("End of access", f"Not to be read from {day.isoformat()} on.")
        for one in packages
        if (day := _end_of_access(one)) is not None
    ]
    return tuple(dict.fromkeys(said))


def onward(artifacts: Iterable[Artifact], wanted: Wanted) -> Wanted:
    """The order with what owners lay on files in it; InvalidError where one allows this neither so nor by a consent."""
    packages = {one.pk: one for bound in limiting(artifacts).values() for one in bound}
    if not packages:
        return wanted
    if wanted.purpose is None:
        raise InvalidError({"purpose": _("an owner limits the use of these files: say what they are given for")})
    owners = {_owner(one) for one in packages.values()}
    if len(owners) > 1:
        raise InvalidError({"exhibits": _("these are of several owners: seal the files of each apart")})
    names = _names(wanted.recipient)
    for package in packages.values():
        told = () if _owner(package) in names else names  # it may always go back
        refused = [forbids(decide(package, wanted.purpose, share_with=name)) for name in told or ("",)]
        if all(refused):
            raise InvalidError({"exhibits": refused[0]})
        wanted = _carrying(wanted, package)
    return wanted


def _carrying(wanted: Wanted, package: Package) -> Wanted:
    """The order under the limitations of both."""
    limits = both(
        package.limitations() or Limitations(),
        wanted.limitations,
        tuple(one.grant() for one in package.consents.all()),
        owner=_owner(package),
    )
    ends = [day for day in (wanted.end_of_access_on, _end_of_access(package)) if day is not None]
    return msgspec.structs.replace(wanted, limitations=limits, end_of_access_on=min(ends, default=None))


def _names(recipient: Recipient) -> tuple[str, ...]:
    """How an owner may name a recipient: only of a known identity is it shown whose key it is."""
    for one in known():
        if recipient.key in age_recipients(one):
            return tuple(name for name in (one.agency, one.display_name, one.state, one.name) if name)
    return (NOBODY,)


def _owner(package: Package) -> str:
    limits, found = package.limitations(), package.found()
    sender = found.head.sender.identity if found and found.head else ""
    return (limits.owner if limits else "") or sender or package.name


def _end_of_access(package: Package) -> date | None:
    found = package.found()
    return found.head.end_of_access_on if found and found.head else None
