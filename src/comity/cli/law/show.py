"""`comity law show`: one instrument, work beyond treaties, offence, provider or state, with its sources."""

from datetime import date
from functools import singledispatch
from pathlib import Path

import click

from comity.cli.law.page import Page, print_json
from comity.cli.law.source import over_option, registry_over
from comity.cli.law.state import show_state
from comity.cli.routes import parse_day
from comity.law.citing import cite_article
from comity.law.cooperation import Cooperation
from comity.law.grounds_said import grounds_said, no_grounds_said
from comity.law.instrument import Exclusion, Instrument, Provision, Reservation
from comity.law.penalty import penalty_words
from comity.law.reference import (
    InstrumentSheet,
    OffenceSheet,
    PartyLine,
    StateFound,
    StateSheet,
    find_anything,
    instrument_sheet,
    offence_sheet,
    state_sheet,
)
from comity.law.registry import Registry
from comity.law.standing import Bound
from comity.law.state import Offence, Provider

Sheet = InstrumentSheet | OffenceSheet | StateSheet | Cooperation | Provider


@click.command()
@click.argument("name")
@click.option("--on", help="The day of the answer, YYYY-MM-DD; default: today.")
@over_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(name: str, on: str | None, over: tuple[Path, ...], as_json: bool) -> None:
    """All that the data say of NAME: an instrument (by id, alias or short title), offence, provider or state.

    For example: comity law show budapest; comity law show in-ru-mlat-1998; comity law show phishing
    """
    day = parse_day(on, date.today())  # noqa: DTZ011  the terminal's user means the local day
    sheet = _sheet(name, registry_over(over), day)
    if as_json:
        print_json(sheet)
    else:
        show_sheet(sheet, Page())


def _sheet(name: str, registry: Registry, on: date) -> Sheet:
    found = find_anything(name, registry)
    if isinstance(found, StateFound):
        return state_sheet(found.code, registry, on)
    if isinstance(found, Instrument):
        return instrument_sheet(found, registry, on)
    return offence_sheet(found, registry, on) if isinstance(found, Offence) else found


@singledispatch
def show_sheet(sheet: Sheet, page: Page) -> None:
    """A sheet as a page."""
    raise NotImplementedError(type(sheet).__name__)


@show_sheet.register
def _state(sheet: StateSheet, page: Page) -> None:
    show_state(sheet, page)


@show_sheet.register
def _instrument(sheet: InstrumentSheet, page: Page) -> None:
    page.heading(sheet.title, sheet.id)
    page.pairs(
        [
            ("kind", sheet.kind.value.replace("_", " ") + ("" if sheet.binding else ", not binding")),
            ("also known as", ", ".join(sheet.aliases)),
            ("reference", sheet.reference),
            ("depositary", sheet.depositary),
            ("life", sheet.life),
            ("needs", sheet.parent),
            ("takes the place of", ", ".join(sheet.replaces)),
            ("but", sheet.sparing_note),
            ("works only", sheet.hub_note),
            ("offences", sheet.scope),
            ("channel", sheet.channel.value.replace("_", " ") if sheet.channel else ""),
            ("dual criminality", sheet.dual_criminality.value.replace("_", " ") if sheet.dual_criminality else ""),
            ("refusal grounds", "; ".join(grounds_said(sheet.refusal_grounds))),
            ("no ground", "; ".join(no_grounds_said(sheet.refusal_grounds))),
            ("languages", sheet.languages),
            ("note", sheet.note),
            ("read", sheet.verification),
        ]
    )
    assumed = f"assumed from {sheet.assumed_from}: the text was not read" if sheet.assumed_from else ""
    page.heading("Provisions", assumed)
    for provision in sheet.provisions:
        _provision(provision, page)
    if sheet.contents:
        page.heading("A request must say")
        for content in sheet.contents:
            page.line(f"{content.field.replace('_', ' ')}: {content.requirement}", dim=cite_article(content.article))
    _parties(sheet, page)
    _reservations(sheet.reservations, page)
    for exclusion in sheet.exclusions:
        page.line(f"{_pair_of(exclusion)}: {exclusion.reason}")
    page.heading("Sources")
    for source in sheet.sources:
        page.line(source.url, dim=f"as of {source.as_of}, confidence {source.confidence.value}")


def _pair_of(exclusion: Exclusion) -> str:
    states, toward = ", ".join(exclusion.states), ", ".join(exclusion.toward)
    pair = f"where {states} asks {toward}" if exclusion.one_way else f"between {states} and {toward}"
    since = f" from {exclusion.from_on}" if exclusion.from_on else ""
    until = f" to {exclusion.to_on}" if exclusion.to_on else ""
    return f"{'not known to work' if exclusion.unsure else 'not'} {pair}{since}{until}"


def _provision(provision: Provision, page: Page) -> None:
    owed = "owed" if provision.duty else "may be given"
    page.line(
        f"{cite_article(provision.article)}  {provision.measure.value}: {provision.summary}",
        dim=f"{owed}; {provision.confidence.value}",
    )
    for condition in provision.conditions:
        page.line(f"if {condition.text}", indent=6)
    for limit in provision.time_limits:
        figure = f"{limit.value} {limit.unit.value} " if limit.value else ""
        page.line(f"time: {figure}{limit.kind.replace('_', ' ')}, from {limit.starts}", indent=6)


def _parties(sheet: InstrumentSheet, page: Page) -> None:
    counts = ", ".join(f"{name}: {sheet.counted(bound)}" for name, bound in _COUNTED)
    page.heading(f"Parties on {sheet.as_of}", f"{counts}; a state that is not here is {sheet.missing_means}")
    bound = [line for line in sheet.parties if line.bound == "yes"]
    page.folded(f"{line.name} ({_since(line)})" for line in bound)
    for line in sheet.parties:
        if line.bound != "yes":
            opens = f"; opens on {line.opens_on}" if line.opens_on else ""
            page.line(f"{line.name}: {line.why}{opens}", word=line.bound)


_COUNTED = (("bound", Bound.YES), ("not known", Bound.UNKNOWN), ("not bound", Bound.NO))


def _since(line: PartyLine) -> str:
    return line.why.removeprefix("bound since ").removeprefix("in force since ")


def _toward(item: Reservation) -> str:
    return f" toward {', '.join(item.toward)}" if item.toward else ""


def _reservations(reservations: tuple[Reservation, ...], page: Page) -> None:
    if reservations:
        page.heading("Reservations and declarations")
    for item in reservations:
        withdrawn = f", withdrawn {item.withdrawn_on}" if item.withdrawn_on else ""
        page.line(
            f"{item.state} to Art. {item.article}{_toward(item)}: {item.summary}",
            dim=f"{item.kind}, {item.effect.value.replace('_', ' ')}{withdrawn}; {item.source_url}",
        )


@show_sheet.register
def _offence(sheet: OffenceSheet, page: Page) -> None:
    offence = sheet.offence
    page.heading(offence.title, offence.id)
    page.pairs(
        [
            ("is", offence.description),
            ("elements", ", ".join(element.replace("_", " ") for element in offence.elements)),
            ("Budapest Convention", f"Art. {offence.budapest_article}" if offence.budapest_article else ""),
            ("UN convention", f"Art. {offence.uncc_article}" if offence.uncc_article else ""),
            ("rests on", ", ".join(offence.maps_to)),
            ("source", f"{offence.source_url} ({offence.as_of}, {offence.confidence.value})"),
        ]
    )
    page.heading(f"Punished on {sheet.as_of}", f"{len(sheet.covered)} states known")
    for cover in sheet.covered:
        years = (
            f"up to {penalty_words(cover.max_years, life_only=cover.life_only)}"
            if cover.max_years is not None
            else "maximum not known"
        )
        through = f" through {', '.join(cover.through)}" if cover.through else ""
        page.line(f"{cover.name}{through}: {'; '.join(cover.sections[:3])}", dim=years)
    page.pairs([("law partly known, no section found (not known to be lawful)", ", ".join(sheet.not_found))])


@show_sheet.register
def show_cooperation(work: Cooperation, page: Page) -> None:
    """Work beyond treaties as a page."""
    page.heading(work.title, work.id)
    page.pairs(
        [
            ("kind", work.kind.value),
            ("run by", work.run_by),
            ("reference", work.reference),
            ("since", work.since),
            ("ended on", work.ended_on),
            ("members", work.members),
            ("access", work.access),
            ("what it is", work.summary),
            ("measures", ", ".join(measure.value for measure in work.measures)),
            ("serves", ", ".join(work.instruments)),
            ("note", work.note),
        ]
    )
    for text in work.can:
        page.line(text, word="can")
    for text in work.cannot:
        page.line(text, word="cannot")
    for norm in work.norms:
        page.line(f"({norm.letter}) {norm.title}. {norm.summary}", dim=norm.confidence.value)
        if norm.for_a_case:
            page.line(f"in a case: {norm.for_a_case}", indent=6)
    for rating in work.ratings:
        page.line(f"{rating.state}: {rating.value}", dim=rating.source_url)
    for url in work.source_urls:
        page.line(url, dim=f"as of {work.as_of}, confidence {work.confidence.value}")


@show_sheet.register
def _provider(provider: Provider, page: Page) -> None:
    page.heading(provider.name, provider.id)
    days = provider.preservation_days
    page.pairs(
        [
            ("controlled by", f"{provider.legal_entity or provider.name} ({provider.jurisdiction})"),
            ("services", ", ".join(provider.services)),
            ("domains", ", ".join((*provider.email_domains, *provider.web_domains))),
            ("networks", ", ".join(f"AS{number}" for number in provider.asn)),
            ("for authorities", provider.law_enforcement_url),
            ("guidelines", provider.guidelines_url),
            ("preserves", f"{days} days" if days is not None else "not known"),
            ("answers foreign authorities", provider.accepts_foreign_direct_requests.replace("_", " ")),
            ("emergency channel", provider.emergency_channel),
            ("tells its user", provider.notifies_user_by_default),
            ("notes", provider.notes),
            ("source", f"{provider.source_url} ({provider.as_of}, {provider.confidence.value})"),
        ]
    )
