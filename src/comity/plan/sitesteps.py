"""Steps on sites that were broken into: warn the owner and the national CERT, image, remove the planted paths."""

from collections.abc import Iterator

from comity.law import Confidence, Registry, state_name
from comity.law.vocabulary import AuthorityRole
from comity.leads.model import ObservableKind
from comity.plan.casework import casework, own_act
from comity.plan.draft import Draft
from comity.plan.evidence import Evidence
from comity.plan.holding import Held, Holding
from comity.plan.model import DirectRequest

_OWNER_HOW = (
    "its own pages name it (contact, imprint), else the registration of the name; telephone rather than write to a "
    "mailbox on the same server, which the intruder may read"
)


def site_steps(evidence: Evidence, holding: Holding) -> Iterator[Draft]:
    """For each broken site of which something is pursued: the three steps."""
    held: dict[str, list[Held]] = {}
    for group in holding.held.values():
        for one in group:
            if site := evidence.sites.site_of(one.observable):
                held.setdefault(site, []).append(one)
    for site, ones in sorted(held.items()):
        yield from _steps(site, ones, evidence)


def _steps(site: str, held: list[Held], evidence: Evidence) -> Iterator[Draft]:
    state = _place(site, held, evidence)
    cert = _cert(state, evidence.registry)
    asked = {"owner": _owner(site, evidence), "cert": cert}
    things = _things(site, held, evidence)
    before: tuple[str, ...] = ()
    for name, to in (("warn", ("owner", "cert")), ("image", ("owner",)), ("remove", ("owner", "cert"))):
        act = own_act(name)
        key = f"{site}:{name}"
        yield Draft(
            key=key,
            measure=act.measure,
            state=state,
            holder=None,
            title=act.title.format(site=site, cert=_short(state)),
            what=act.what,
            pace=act.pace,
            weight=max(one.weight for one in held),
            objects=things,
            after=before,
            only="direct",
            direct=tuple(asked[one] for one in to),
            expectation=casework().doubt if name == "warn" and not evidence.sites.is_told(site) else "",
            home=act.home,
            why=(act.why, f"{site}: {evidence.sites.names[site]}."),
        )
        before = (key,)


def _things(site: str, held: list[Held], evidence: Evidence) -> tuple[Held, ...]:
    """The pages on it, each once; the name itself where no page is known."""
    urls = [o for o in evidence.leads.observables if o.kind is ObservableKind.URL and evidence.sites.site_of(o) == site]
    first = held[0]
    pages = [
        Held(
            observable=o,
            nexus=first.nexus,
            kind=first.kind,
            weight=first.weight,
            weight_reasons=(),
            grounds=(),
            others=(),
        )
        for o in urls
    ]
    return tuple(pages) or (first,)


def _place(site: str, held: list[Held], evidence: Evidence) -> str:
    """Where it stands: the server from which its mail came, else the holder that weighs most."""
    servers = evidence.sites.servers
    for observable in evidence.leads.observables:
        if observable.value.casefold() in servers:
            state = next((nexus.state for nexus in observable.nexus if nexus.state), "")
            if state:
                return state
    return max(held, key=lambda one: one.weight).nexus.state


def _owner(site: str, evidence: Evidence) -> DirectRequest:
    told = next((one for one in evidence.case.compromised_sites if one.domain.casefold() == site), None)
    return DirectRequest(
        to=(told.owner if told else "") or f"the owner of {site}",
        how=told.contact if told and told.contact else _OWNER_HOW,
        basis="its own interest: it is a victim",
        source="the case file" if told else "the planner's own judgement",
        confidence=Confidence.HIGH if told else Confidence.LOW,
    )


def _short(state: str) -> str:
    return f"the national CERT of {state_name(state)}"


def _cert(state: str, registry: Registry) -> DirectRequest:
    law = registry.data.states.get(state)
    row = next((a for a in (law.authorities if law else ()) if a.role is AuthorityRole.NATIONAL_CERT), None)
    how = "its form or mailbox for reports; name the paths, the time with zone, and what the owner was told"
    return DirectRequest(
        to=row.name if row else _short(state),
        how=how if row else f"{how}; its address stands in the list of members of FIRST",
        basis="it warns and helps owners of systems there, and orders nothing",
        url=row.public_url if row else "https://www.first.org/members/teams/",
        source=row.source_url if row else "memory",
        as_of=row.as_of if row else "",
        confidence=row.confidence if row else Confidence.LOW,
    )
