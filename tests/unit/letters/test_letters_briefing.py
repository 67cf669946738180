"""Which step, on which route, as which kind; and what is refused."""

import msgspec
import pytest
from tests.samples.shipped import ON, Shipped

from comity.law import Addressee, Channel, Measure
from comity.letters import (
    Kind,
    NoLetterError,
    NotReadyError,
    brief_for,
    compose,
    draft,
    kind_for,
    lay_out,
    plain_text,
    require_ready,
)
from comity.letters.briefing import steps_with_letters
from comity.letters.checks import requirements
from comity.letters.choose import kind_of
from comity.plan.case import Statement


def brief(shipped: Shipped, *names: str, instrument: str = "", kind: Kind | None = None) -> object:
    return brief_for(
        names,
        case=shipped.case,
        plan=shipped.plan,
        registry=shipped.registry,
        on=ON,
        instrument=instrument,
        kind=kind,
    )


@pytest.mark.parametrize(
    ("measure", "instrument", "channel", "addressee", "kind"),
    [
        ("preservation", "eu-e-evidence", "direct_to_provider", "provider", "epoc_pr"),
        ("content_data", "eu-e-evidence", "direct_to_provider", "provider", "epoc"),
        ("bank_information", "eu-eio", "judicial_direct", "authority", "eio"),
        ("bank_information", "egmont", "fiu", "authority", "fiu_request"),
        ("freezing", "interpol", "police", "authority", "payment_recall"),
        ("police_information", "interpol", "police", "authority", "interpol_message"),
        ("police_information", "untoc", "police", "authority", "police_request"),
        ("subscriber_information", "g7-24-7", "contact_points_24_7", "authority", "police_request"),
        ("preservation", "budapest", "contact_points_24_7", "authority", "preservation_request"),
        ("preservation", "us-voluntary-disclosure", "direct_to_provider", "provider", "provider_preservation"),
        ("subscriber_information", "budapest-ap2", "direct_to_provider", "provider", "provider_subscriber"),
        ("content_data", "cloud-act-uk", "direct_to_provider", "provider", "provider_order"),
        ("domain_registration", "budapest-ap2", "direct_to_provider", "registrar", "registrar_request"),
        ("emergency_disclosure", "us-voluntary-disclosure", "direct_to_provider", "provider", "provider_emergency"),
        ("emergency_disclosure", "budapest-ap2", "contact_points_24_7", "authority", "emergency_disclosure"),
        ("extradition", "coe-extradition-1957", "diplomatic", "authority", "extradition_request"),
        ("spontaneous_information", "budapest", "central_authorities", "authority", "spontaneous_information"),
        ("joint_investigation", "untoc", "central_authorities", "authority", "jit_proposal"),
        ("transfer_of_proceedings", "untoc", "central_authorities", "authority", "transfer_of_proceedings"),
        ("takedown", "us-voluntary-disclosure", "direct_to_provider", "provider", "takedown_notice"),
        ("testimony", "letters-rogatory", "diplomatic", "authority", "letter_rogatory"),
        ("testimony", "in-us-mlat-2001", "central_authorities", "authority", "mla_request"),
    ],
)
def test_kind_of_a_route(measure: str, instrument: str, channel: str, addressee: str, kind: str) -> None:
    found = kind_of(
        measure=Measure(measure), instrument=instrument, channel=Channel(channel), addressee=Addressee(addressee)
    )
    assert found == kind


def test_several_steps_in_one_letter(shipped: Shipped) -> None:
    names = [shipped.step(measure, "RU") for measure in ("subscriber_information", "traffic_data", "search_seizure")]
    both = brief_for(tuple(names), case=shipped.case, plan=shipped.plan, registry=shipped.registry, on=ON)
    letter = compose(both)
    assert [item.number for item in letter.assistance] == [1, 2, 3]
    assert letter.reference != compose(shipped.brief_of(names[0])).reference
    with pytest.raises(NoLetterError, match="draft a letter for each"):
        brief(shipped, names[0], shipped.step("traffic_data", "US"))


def test_a_step_by_its_number_alone(shipped: Shipped) -> None:
    name = shipped.step("traffic_data", "US")
    assert brief(shipped, name.removeprefix("s"))


def test_what_has_no_letter(shipped: Shipped) -> None:
    with pytest.raises(NoLetterError, match="the plan has none"):
        brief(shipped, "s999")
    with pytest.raises(NoLetterError, match="no letter crosses a border"):
        brief(shipped, shipped.step("transborder_access", "IN"), instrument="budapest")
    step = next(s for s in shipped.plan.steps if s.measure is Measure.CONTENT_DATA)
    with pytest.raises(NoLetterError, match="no route is open"):
        kind_for(step, None)
    assert all(not step.domestic for step in steps_with_letters(shipped.plan))


def test_a_named_route(shipped: Shipped) -> None:
    name = shipped.step("content_data", "US")
    found = brief_for(
        (name,), case=shipped.case, plan=shipped.plan, registry=shipped.registry, on=ON, instrument="letters-rogatory"
    )
    assert found.route is not None
    assert found.route.instrument == "letters-rogatory"
    with pytest.raises(NoLetterError, match="closed: India: not a party"):
        brief(shipped, name, instrument="budapest")
    with pytest.raises(NoLetterError, match="does not give content data between these states"):
        brief(shipped, name, instrument="coe-extradition-1957")
    with pytest.raises(NoLetterError, match=r"no such instrument; did you mean untoc\?"):
        brief(shipped, name, instrument="untok")
    takedown = shipped.step("takedown", "FR")
    with pytest.raises(NoLetterError, match="the plan offers none"):
        brief(shipped, takedown, instrument="untoc")


def test_another_kind(shipped: Shipped) -> None:
    name = shipped.step("content_data", "US")
    with pytest.raises(NoLetterError, match="or name letter_rogatory, preservation_extension, preservation_follow_up"):
        brief(shipped, name, kind=Kind.EIO)
    with pytest.raises(NoLetterError, match="or name preservation_extension, supplementary_information"):
        brief(shipped, shipped.step("preservation", "US"), kind=Kind.EIO)
    same = brief_for(
        (name,), case=shipped.case, plan=shipped.plan, registry=shipped.registry, on=ON, kind=Kind.MLA_REQUEST
    )
    assert same.kind is Kind.MLA_REQUEST


def test_later_letters_are_about_the_first(shipped: Shipped) -> None:
    drafted = draft(
        shipped.brief("preservation", "US", kind=Kind.PRESERVATION_EXTENSION, instrument="us-voluntary-disclosure")
    )
    letter = drafted.letter
    assert letter.about is not None
    assert letter.about.kind is Kind.PROVIDER_PRESERVATION
    assert letter.reference == f"{letter.about.reference} / preservation_extension"
    assert letter.assistance[0].what.phrase == "ask.extension"
    assert {gap.id for gap in drafted.report.gaps} >= {"preserved", "extension-reason"}
    with pytest.raises(NotReadyError, match="Why longer") as caught:
        require_ready(drafted)
    assert caught.value.gaps
    ready = msgspec.structs.replace(drafted, report=msgspec.structs.replace(drafted.report, ready=True))
    require_ready(ready)


def test_a_route_that_the_plan_does_not_show(shipped: Shipped) -> None:
    step = next(s for s in shipped.plan.steps if s.measure is Measure.CONTENT_DATA)
    bare = msgspec.structs.replace(step, recommended=None, fallbacks=())
    plan = msgspec.structs.replace(shipped.plan, steps=(bare,))
    found = brief_for(
        (step.id,), case=shipped.case, plan=plan, registry=shipped.registry, on=ON, instrument="in-us-mlat-2001"
    )
    assert found.route is not None
    assert found.route.contents


def test_what_the_officer_adds_makes_it_ready(shipped: Shipped) -> None:
    said = {row.id: row for row in requirements()}
    statements = tuple(
        Statement(field=said[name].field, text=said[name].example)
        for name in ("probable-cause", "necessity-content", "privilege")
    )
    authority = msgspec.structs.replace(shipped.case.authority, telephone="+91 80 2222 0000")
    urgency = msgspec.structs.replace(shipped.case.urgency, reason=said["urgency"].example, reasons=())
    drafted = draft(shipped.brief("content_data", "US", authority=authority, urgency=urgency, statements=statements))
    assert drafted.report.gaps == ()
    require_ready(drafted)
    assert "NOT READY" not in plain_text(lay_out(drafted.letter, drafted.report))
