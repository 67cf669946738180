"""`comity law state`: by what a state is bound, its treaties, its authorities, what it is not in and why."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

import click

from comity.cli.law.page import Page, print_json
from comity.cli.law.source import over_option, registry_over
from comity.cli.routes import parse_day
from comity.law.names import parse_state
from comity.law.reference import Bond, BondState, StateSheet, TreatyBond, state_sheet
from comity.law.state import NationalsRule
from comity.law.vocabulary import Confidence, ReservationEffect


@click.command()
@click.argument("state")
@click.option("--on", help="The day of the answer, YYYY-MM-DD; default: today.")
@over_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def state(state: str, on: str | None, over: tuple[Path, ...], as_json: bool) -> None:
    """Everything by which STATE is bound, has signed or will be bound; its treaties, authorities and gaps.

    A gap is an instrument open to it that does not bind it, with the reasons that it gives where they were sourced.
    """
    day = parse_day(on, date.today())  # noqa: DTZ011  the terminal's user means the local day
    sheet = state_sheet(parse_state(state), registry_over(over), day)
    if as_json:
        print_json(sheet)
    else:
        show_state(sheet, Page())


def show_state(sheet: StateSheet, page: Page) -> None:
    """A state's sheet as a page."""
    page.heading(f"{sheet.name} on {sheet.as_of}", sheet.state)
    territory = sheet.territory
    if territory:
        through = f"through {territory.through}, {territory.reach.value}" if territory.through else "through no other"
        page.line(f"territory: treaties reach it {through}. {territory.note}", dim=territory.source_url)
    page.pairs(
        [
            ("languages", ", ".join(sheet.languages)),
            ("member of", ", ".join(sheet.groups)),
            ("answers for", ", ".join(sheet.territories)),
            ("sections of its law in the data", str(sheet.offences_known) if sheet.offences_known else ""),
            ("its own nationals", _of_nationals(sheet.nationals)),
            ("providers controlled from it", ", ".join(sheet.providers)),
        ]
    )
    for title, states in _SECTIONS:
        _bonds(title, sheet.of(*states), page)
    _treaties(sheet, page)
    _authorities(sheet, page)
    _gaps(sheet, page)


def _of_nationals(rule: NationalsRule | None) -> str:
    if rule is None:
        return ""
    spared = f"; but for: {', '.join(rule.not_offences)}" if rule.not_offences else ""
    unless = f"; unless {rule.unless}" if rule.unless else ""
    return f"{_NATIONALS[rule.effect]} ({rule.law}, {rule.section}){spared}{unless}"


_NATIONALS: Mapping[ReservationEffect, str] = MappingProxyType(
    {
        ReservationEffect.NATIONALITY: "not surrendered",
        ReservationEffect.NATIONALS_CONSENT: "surrendered where they agree",
        ReservationEffect.NATIONALS_RETURN: "surrendered for trial, to be returned for the sentence",
        ReservationEffect.NATIONALS_SURRENDERED: "surrendered as others are",
    }
)

_SECTIONS = (
    ("Bound by", (BondState.BOUND,)),
    ("Will be bound by", (BondState.COMING, BondState.CONSENTED)),
    ("Signed, not bound", (BondState.SIGNED,)),
    ("Not known whether bound", (BondState.UNKNOWN,)),
    ("No longer bound", (BondState.ENDED,)),
    ("Excluded by declaration", (BondState.EXCLUDED,)),
)


def _bonds(title: str, bonds: tuple[Bond, ...], page: Page) -> None:
    if not bonds:
        return
    page.heading(title, str(len(bonds)))
    for bond in bonds:
        page.line(f"{bond.title}: {bond.why}", word=bond.instrument, dim="" if bond.binding else "obliges nobody")
        if bond.opens_on or bond.closes_on:
            page.line(f"{'opens' if bond.opens_on else 'ends'} on {bond.opens_on or bond.closes_on}", indent=6)
        for item in bond.reservations:
            page.line(f"{item.kind} to Art. {item.article}: {item.summary}", dim=item.source_url, indent=6)


def _treaties(sheet: StateSheet, page: Page) -> None:
    page.heading("Treaties between two", str(len(sheet.treaties)))
    for bound, treaties in groupby(sheet.treaties, key=lambda t: t.bound == "yes"):
        page.line("in force:" if bound else "other, or not known:")
        for partner, found in groupby(treaties, key=lambda t: t.partner_name):
            page.line(f"{partner}: {_named(found)}", indent=6)


def _named(treaties: Iterable[TreatyBond]) -> str:
    return "; ".join(f"{t.kind.value.replace('_', ' ')} {t.instrument} ({t.why})" for t in treaties)


def _authorities(sheet: StateSheet, page: Page) -> None:
    page.heading("Authorities", "" if sheet.authorities else "none in the data: ask before sending")
    for authority in sheet.authorities:
        memory = "" if authority.confidence is not Confidence.LOW else "from memory: check before use; "
        serves = ", ".join(filter(None, (authority.instrument, authority.measures.replace(";", ", "))))
        page.line(
            f"{authority.name}{f' for {serves}' if serves else ''}",
            word=authority.role.value.replace("_", " "),
            dim=f"{memory}{authority.public_url or authority.source_url}",
        )


def _gaps(sheet: StateSheet, page: Page) -> None:
    page.heading("Open to it, and not binding it", str(len(sheet.gaps)))
    for bond in sheet.gaps:
        page.line(f"{bond.title} (open to {bond.open_to})", word=bond.instrument)
        for position in bond.reasons:
            page.line(
                f"{position.stance.value.replace('_', ' ')}: {position.reason}",
                dim=f"{position.said_by}; {position.source_url}",
                indent=6,
            )
        if not bond.reasons:
            page.line("no reason was sourced", indent=6)
    later = [bond for bond in sheet.bonds if bond.reasons and bond not in sheet.gaps]
    for bond in later:
        for position in bond.reasons:
            page.line(f"{bond.instrument}: {position.reason}", word=position.stance.value.replace("_", " "))
