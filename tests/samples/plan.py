"""A small plan, made by hand: one of each thing that a report shows."""

from datetime import date

from comity.law import (
    Addressee,
    AuthorityRole,
    Channel,
    ConditionKind,
    ConditionState,
    Confidence,
    Content,
    InstrumentKind,
    Measure,
    RefusalGround,
    RefusalRisk,
    RiskState,
    RouteAddressee,
    RouteCondition,
    Source,
    Status,
    TimeLimit,
    TimeUnit,
)
from comity.leads.model import Artifact, ArtifactKind, Finding, ObservableKind, Place, Reason, Role, Severity
from comity.plan import model as m

ON = date(2026, 11, 24)
LAW = "https://www.coe.int/en/web/conventions/full-list"


def deadline(kind: str, on: date, what: str = "", *, at: str = "") -> m.Deadline:
    return m.Deadline(
        kind=kind,
        what=what or f"{kind} of the step",
        on=on,
        at=at,
        at_requesting=at.replace("+04:00", "+05:30") if at else "",
        zone="Asia/Dubai" if at else "Asia/Kolkata",
        computation=f"2026-11-24 (sent) + {(on - ON).days} days = {on}",
        assumes="sent on the day of the plan",
        source="Budapest Convention, art. 29(7)",
        source_url=LAW,
        confidence=Confidence.HIGH,
    )


def route(instrument: str, title: str, status: Status = Status.OPEN, *, contents: bool = False) -> m.RouteChoice:
    return m.RouteChoice(
        instrument=instrument,
        title=title,
        called=f"{title}, in short",
        kind=InstrumentKind.MLAT,
        status=status,
        article="Art. 1; Art. 13",
        channel=Channel.CENTRAL_AUTHORITIES,
        addressee=RouteAddressee(
            kind=Addressee.AUTHORITY,
            state="US",
            role=AuthorityRole.CENTRAL_AUTHORITY,
            name="Office of International Affairs",
            city="Washington",
            languages="English",
            url="https://www.justice.gov/criminal/criminal-oia",
        ),
        binding=True,
        evidence=True,
        why=("both states are bound",),
        chosen_because=("owed under the instrument", "usable as evidence"),
        conditions=(
            RouteCondition(
                kind=ConditionKind.STATED,
                text="the offence is punishable in both states",
                state=ConditionState.MET,
                why="sections",
            ),
            RouteCondition(
                kind=ConditionKind.STATED, text="probable cause is shown", state=ConditionState.TO_CHECK, gate=True
            ),
            RouteCondition(kind=ConditionKind.STATED, text="no political offence", state=ConditionState.UNMET),
        ),
        time_limits=(TimeLimit(value=60, unit=TimeUnit.DAYS, starts="receipt", kind="minimum_duration"),),
        languages="English",
        refusal_risks=(
            RefusalRisk(
                ground=RefusalGround.DE_MINIMIS, remedy="state the whole loss", state=RiskState.LIVE, why="small"
            ),
            RefusalRisk(ground=RefusalGround.NATIONALITY, remedy="ask that it be tried there"),
            RefusalRisk(ground=RefusalGround.POLITICAL_OFFENCE, remedy="x", state=RiskState.EXCLUDED, why="fraud"),
        ),
        contents=(Content(field="facts", requirement="a statement of the facts", article="Art. 4(2)"),)
        if contents
        else (),
        use_limitation="only for the stated purpose",
        urgent_channel="orally in urgent cases",
        sources=(Source(what="text of the treaty", url=LAW, as_of="2026-11-24", confidence=Confidence.HIGH),),
    )


def tie(kind: ObservableKind, value: str, role: Role, shown: str = "") -> m.Tie:
    return m.Tie(
        observable=f"{kind}:{value}",
        kind=kind,
        value=value,
        shown=shown or value,
        role=role,
        confidence=Confidence.MEDIUM,
        reasons=(Reason(text="the address was delegated to this state", source="RIR statistics, 2026-06-17"),),
        places=(Place(artifact="a1", where="header Received [1]", offset=120, text=f"from host ({value})"),),
        place_count=3,
        tags=("origin",),
        weight=80,
        weight_reasons=("seen by a trusted server",),
    )


def holder(id: str, role: Role, name: str, state: str, state_name: str, *ties: m.Tie) -> m.Holder:
    return m.Holder(
        id=id,
        role=role,
        name=name,
        state=state,
        state_name=state_name,
        domestic=state == "IN",
        confidence=Confidence.HIGH,
        weight=80,
        ties=ties,
        gives=(
            m.Obtainable(measure=Measure.PRESERVATION, what="log-ins", expectation="90 days", step="s1"),
            m.Obtainable(measure=Measure.TAKEDOWN, what="the page goes off line", why_not="it would warn the sender"),
        ),
        notes=("Keeps data for 90 days.",),
        url="https://lers.google.com",
    )


def step(id: str, order: int, state: str, state_name: str, **more: object) -> m.Step:
    fields: dict[str, object] = {
        "measure": Measure.PRESERVATION,
        "title": f"Preserve the data of step {order}",
        "holder": "h1",
        "holder_name": "Google",
        "domestic": False,
        "what": "keep log-ins, headers and contents",
        "objects": (
            m.StepObject(
                observable="email-addr:desk_@gmail.com",
                kind=ObservableKind.EMAIL,
                value="desk_@gmail.com",
                shown="desk_@gmail.com",
                detail="mails of 17 and 18 November 2026",
            ),
        ),
        "period": m.Period(
            start="2026-11-12", end="2026-11-24", why="from the first trace to the day of the plan", rule="own"
        ),
        "urgency": m.Urgency(
            pace="money",
            level=m.UrgencyClass.HOURS,
            reason="logs roll",
            source="provider table",
            confidence=Confidence.LOW,
        ),
        "start_by": deadline("start_by", ON),
        "due": deadline("due", date(2026, 12, 24)),
        "why": ("replies went to this account",),
        "obstacles": ("o1",),
    }
    return m.Step(id=id, order=order, state=state, state_name=state_name, **(fields | more))  # type: ignore[arg-type]


def state(code: str, name: str, *roles: m.StateRole, holders: tuple[str, ...] = ()) -> m.InvolvedState:
    return m.InvolvedState(
        state=code,
        name=name,
        roles=roles,
        reasons=(f"why {name}",),
        zone="Asia/Dubai",
        working_days="Monday to Friday",
        holders=holders,
        steps=("s1",),
        weight=50,
    )


def flow(
    kind: m.FlowKind, source: tuple[str, str], target: tuple[str, str], *, number: int = 1, sums: tuple[str, ...] = ()
) -> m.Flow:
    return m.Flow(
        kind=kind,
        source=source[0],
        target=target[0],
        source_name=source[1],
        target_name=target[1],
        number=number,
        sums=sums,
    )


def build_plan() -> m.Plan:
    return m.Plan(
        case=m.CaseSummary(
            reference="Cr. No. 147/2026",
            title="Re-KYC phishing",
            state="IN",
            state_name="India",
            time_zone="Asia/Kolkata",
            authority=m.CaseAuthority(name="Cyber Crime Police Station", unit="CID", contact="duty@x.example"),
            offences=(
                m.CaseOffence(id="phishing", title="Phishing", sections=("IT Act, s. 66D",), max_penalty_years=3),
            ),
            facts="Mails in the name of a bank.",
            victims=(m.CaseVictims(state="IN", state_name="India", number=3, loss="2444998", currency="INR"),),
            suspects=(m.CaseSuspect(name="Settlement Desk", nationality="", residence="AE", note="handle"),),
            currency="INR",
            urgency=m.UrgencyLevel.URGENT,
            urgency_reason="the hold lapses",
            confidentiality="confidential: the sender would move the money",
            legal_facts={"transnational": True, "emergency_to_life": False},
            artifacts=(
                Artifact(
                    id="a1",
                    path="mail/01.eml",
                    kind=ArtifactKind.MAIL,
                    media_type="message/rfc822",
                    size_bytes=6450,
                    sha256="ab" * 32,
                ),
            ),
        ),
        on=ON,
        counts=m.Counts(artifacts=1, observables=40, tied=12, pursued=3, artifacts_by_kind={ArtifactKind.MAIL: 1}),
        flows=(
            flow(m.FlowKind.MAIL, ("RU", "Russia"), ("IN", "India")),
            flow(m.FlowKind.REPLY, ("IN", "India"), ("US", "United States")),
            flow(m.FlowKind.MONEY, ("IN", "India"), ("AE", "United Arab Emirates"), number=2, sums=("INR 24,44,998",)),
        ),
        states=(
            state("IN", "India", m.StateRole.REQUESTING, m.StateRole.VICTIMS),
            state("RU", "Russia", m.StateRole.ORIGIN, holders=("h2",)),
            state("US", "United States", m.StateRole.DATA, holders=("h1",)),
            state("AE", "United Arab Emirates", m.StateRole.MONEY, m.StateRole.SUSPECT, holders=("h3",)),
            state("SE", "Sweden", m.StateRole.TRANSIT),
        ),
        holders=(
            holder(
                "h1",
                Role.MAIL_PROVIDER,
                "Google",
                "US",
                "United States",
                tie(ObservableKind.EMAIL, "desk_@gmail.com", Role.MAIL_PROVIDER),
            ),
            holder(
                "h2", Role.ORIGIN, "JSC Selectel", "RU", "Russia", tie(ObservableKind.IPV4, "203.0.113.7", Role.ORIGIN)
            ),
            holder(
                "h3",
                Role.FINANCIAL_INSTITUTION,
                "A bank in Dubai",
                "AE",
                "United Arab Emirates",
                tie(ObservableKind.IBAN, "AE480339999000000004711", Role.FINANCIAL_INSTITUTION, "AE48 0339 9990"),
            ),
            holder("h4", Role.FINANCIAL_INSTITUTION, "Malnad Peoples Bank", "IN", "India"),
        ),
        steps=(
            step(
                "s1",
                1,
                "US",
                "United States",
                recommended=route("in-us-mlat-2001", "Treaty IN-US", contents=True),
                fallbacks=(route("letters-rogatory", "Letters rogatory", Status.CONDITIONAL),),
                closed_routes=("budapest: India is not a party",),
                expires=deadline("expires", date(2027, 2, 22)),
                other_dates=(deadline("renew_by", date(2027, 2, 8), at="2027-02-08T12:00:00+04:00"),),
            ),
            step(
                "s2",
                2,
                "AE",
                "United Arab Emirates",
                measure=Measure.FREEZING,
                title="Freeze the account",
                holder="h3",
                holder_name="A bank in Dubai",
                due=None,
                depends_on=("s1",),
            ),
            step(
                "s3",
                3,
                "IN",
                "India",
                title="Order the statements",
                holder="h4",
                domestic=True,
                domestic_basis="an order under the own law",
                period=None,
                obstacles=(),
            ),
        ),
        obstacles=(
            m.Obstacle(
                key="o1",
                id="mla_slowness",
                title="Slow assistance",
                category=m.ObstacleCategory.OPERATIONAL,
                meaning="The answer may come after the data are gone.",
                blocking=False,
                states=("US",),
                steps=("s1",),
                detected=("the answer is expected after 300 days",),
                remedies=("preserve first", "remind"),
                reform="accede to a convention with time limits",
                sources=(m.Citation(what="T-CY assessment", url=LAW, as_of="2014", confidence=Confidence.MEDIUM),),
            ),
            m.Obstacle(
                key="o2",
                id="no_treaty_basis",
                title="No treaty",
                category=m.ObstacleCategory.LEGAL,
                meaning="No instrument binds both.",
                blocking=True,
                states=("RU",),
                steps=("s2",),
                detected=("no open route",),
                remedies=("letters rogatory",),
                reform="",
                sources=(m.Citation(what="memory", url="memory", as_of="", confidence=Confidence.LOW),),
            ),
        ),
        jurisdiction=m.Jurisdiction(
            claims=(
                m.JurisdictionClaim(
                    state="IN",
                    state_name="India",
                    ground=m.Ground.EFFECT,
                    strength=Confidence.HIGH,
                    reasons=("the loss arose there",),
                    bases=(
                        m.ClaimBasis(
                            instrument="untoc",
                            title="UNTOC",
                            article="Art. 15(1)(a)",
                            binds=True,
                            duty=True,
                            why="committed in its territory",
                            source=Source(what="UNTOC", url=LAW, as_of="2000", confidence=Confidence.HIGH),
                        ),
                    ),
                ),
                m.JurisdictionClaim(
                    state="RU",
                    state_name="Russia",
                    ground=m.Ground.SYSTEM,
                    strength=Confidence.MEDIUM,
                    reasons=("the server stands there",),
                    bases=(),
                ),
            ),
            conflicts=(
                m.JurisdictionConflict(
                    kind="positive",
                    states=("IN", "RU"),
                    reason="both may claim",
                    duties=(
                        m.ConsultationDuty(
                            instrument="untoc",
                            title="UNTOC",
                            article="Art. 15(5)",
                            text="they consult",
                            states=("IN", "RU"),
                            source=Source(what="UNTOC", url=LAW, as_of="2000", confidence=Confidence.HIGH),
                        ),
                    ),
                    criteria=("the victims are in India",),
                ),
            ),
            notes=("own laws were not looked up",),
        ),
        not_pursued=(
            m.NotPursued(
                observable="domain-name:play.google.com",
                kind=ObservableKind.DOMAIN,
                value="play.google.com",
                shown="play.google.com",
                code="shared-platform",
                reason="everybody links there",
                state="US",
                holder_name="Google",
                place_count=1,
            ),
        ),
        findings=(
            Finding(
                code="reply-to-differs",
                severity=Severity.WARNING,
                artifact="a1",
                where="header Reply-To",
                message="Replies go to another provider than the sender's.",
            ),
        ),
        events=(
            m.Event(at="2026-11-17T04:12:36Z", kind="evidence", title="Mail sent", artifact="a1", state="RU"),
            m.Event(at="2026-11-24", kind="start_by", title="Step 1 must go out", step="s1"),
        ),
        provenance=m.Provenance(
            comity="0.1.0",
            on=ON,
            data_sets=(m.DataSet(name="law registry", as_of="2026-11-24", note="harvest"),),
            assumptions=("every request is sent on the day of the plan",),
            limits=("no holiday calendar for Russia",),
        ),
    )
