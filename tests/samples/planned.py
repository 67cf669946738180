"""Cases and leads in a few lines, for the tests of planning."""

from datetime import date

from comity.law import Confidence, Registry, load_registry
from comity.leads.model import (
    Artifact,
    ArtifactKind,
    Authentication,
    Hop,
    Leads,
    MailReading,
    Nexus,
    Observable,
    ObservableKind,
    Place,
    Reason,
    Role,
    Transfer,
)
from comity.plan import Case, make_plan, read_case
from comity.plan.model import Plan, Step

ON = date(2026, 11, 24)  # a Tuesday, and Guru Nanak's birthday in India
REGISTRY: Registry = load_registry()
HEAD = """
reference = "T-1"
title = "Test"
requesting_state = "{state}"
currency = "EUR"
facts = "{facts}"
{top}
[authority]
name = "Unit"
contact = "unit@authority.example"
signatory = "Head"

[[offences]]
id = "{offence}"
sections = ["s. 1"]
max_penalty_years = 7
{rest}
"""
FACTS = "On 17 November 2026 a mail in the name of a bank led a customer to a page; " + "x" * 180


def case_of(
    state: str = "IN", rest: str = "", *, offence: str = "computer_fraud", top: str = "", facts: str = FACTS
) -> Case:
    """A case; `rest` is TOML after the offence, `top` before the tables."""
    text = HEAD.format(state=state, rest=rest, offence=offence, top=top, facts=facts)
    return read_case(text, path="case.toml", registry=REGISTRY)


def place(where: str = "text/plain body", *, artifact: str = "a1", text: str = "", offset: int = -1) -> Place:
    return Place(artifact=artifact, where=where, offset=offset, text=text)


def tie(state: str, role: Role, provider: str = "", name: str = "", confidence: Confidence = Confidence.HIGH) -> Nexus:
    reason = Reason(text="by the test")
    return Nexus(
        state=state, provider=provider, provider_name=name, role=role, confidence=confidence, reasons=(reason,)
    )


def seen(
    kind: ObservableKind, value: str, *ties: Nexus, places: tuple[Place, ...] = (), tags: tuple[str, ...] = ()
) -> Observable:
    return Observable(kind=kind, value=value, places=places or (place("row 1, column x"),), nexus=ties, tags=tags)


def mail(
    from_address: str,
    *,
    to: tuple[str, ...] = ("victim@home.example",),
    reply_to: tuple[str, ...] = (),
    origin: str = "",
    helo: str = "",
    passes: bool = False,
    at: str = "2026-11-17T10:00:00+05:30",
    artifact: str = "a1",
) -> MailReading:
    """A mail of which one server on the receiving side is trusted."""
    hop = Hop(
        index=1,
        from_name=helo,
        from_address=origin,
        by_name="mx.home.example",
        protocol="ESMTP",
        at=at,
        delay_seconds=None,
        trusted=True,
    )
    domain = from_address.rpartition("@")[2]
    verdict = Authentication(method="dkim", result="pass", domain=domain, recorded_by="mx.home.example", trusted=True)
    return MailReading(
        artifact=artifact,
        subject="Subject",
        message_id="",
        sent_at="",
        from_address=from_address,
        from_name="",
        reply_to=reply_to,
        return_path="",
        to=to,
        hops=(hop,),
        authentication=(verdict,) if passes else (),
        origin_address=origin,
        origin_reasons=(),
    )


def paid(source: str, target: str, at: str = "2026-11-18T10:00:00+00:00") -> Transfer:
    return Transfer(
        artifact="a1", where="row 1", at=at, amount="100.00", currency="EUR", source=source, target=target, reference=""
    )


def leads_of(
    *observables: Observable,
    mails: tuple[MailReading, ...] = (),
    transfers: tuple[Transfer, ...] = (),
    kinds: tuple[ArtifactKind, ...] = (ArtifactKind.TABLE,),
) -> Leads:
    artifacts = tuple(
        Artifact(id=f"a{n}", path=f"f{n}", kind=kind, media_type="", size_bytes=1, sha256="0" * 64)
        for n, kind in enumerate(kinds, start=1)
    )
    return Leads(artifacts=artifacts, observables=observables, findings=(), mails=mails, transfers=transfers)


def plan_of(case: Case, leads: Leads, *, on: date = ON) -> Plan:
    return make_plan(case, leads, on=on, registry=REGISTRY)


def measures(plan: Plan) -> list[str]:
    return [step.measure.value for step in plan.steps]


def step_of(plan: Plan, measure: str, *, state: str = "", first: bool = True) -> Step:
    found = [s for s in plan.steps if s.measure.value == measure and state in ("", s.state)]
    assert found, f"no step {measure} in {measures(plan)}"
    return found[0 if first else -1]


def codes(plan: Plan) -> dict[str, str]:
    """Why each value is not pursued."""
    return {passed.value: passed.code for passed in plan.not_pursued}
