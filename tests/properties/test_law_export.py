"""What is exported and read again is the same; what is laid over and the same changes nothing."""

import csv
from pathlib import Path
from tempfile import TemporaryDirectory
from types import NoneType
from typing import Annotated, Any, get_args, get_origin

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.law import load_registry
from comity.law.cooperation import Cooperation
from comity.law.export import read_jsonld, read_tables, to_jsonld, write_tables
from comity.law.ground import JurisdictionLaw
from comity.law.instrument import Instrument, Participation, Record
from comity.law.lawdata import LawData, StateLaw
from comity.law.overlay import overlay
from comity.law.state import Authority, NationalOffence, Offence, Provider, StatedPosition
from comity.law.territory import Territory
from comity.law.vocabulary import Basis

SHIPPED = load_registry().data
TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r"), max_size=12)


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Any value that a field may hold."""
    if NoneType in get_args(kind):
        return st.none() | values(next(arg for arg in get_args(kind) if arg is not NoneType))
    if get_origin(kind) is tuple:
        return st.lists(values(get_args(kind)[0]), max_size=2).map(tuple)
    if get_origin(kind) is Annotated:
        return st.sampled_from(["", "2020", "2020-02", "2020-02-29"])
    if issubclass(kind, Record):
        return records(kind)
    plain = {str: TEXTS, int: st.integers(-99, 99), bool: st.booleans(), float: st.floats(0, 99, allow_nan=False)}
    return plain[kind] if kind in plain else st.sampled_from(kind)


def records(kind: type[Record], **fixed: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Any record of a kind; where leaving a text out means something, the checks forbid an empty one."""
    fields = {
        field.name: values(field.type).filter(bool) if field.default == "unknown" else values(field.type)
        for field in msgspec.structs.fields(kind)
    }
    return st.builds(kind, **{**fields, **fixed})


def many(kind: type[Record], **fixed: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(records(kind, **fixed), max_size=2).map(tuple)


data = st.builds(
    LawData,
    instruments=st.tuples(
        records(Instrument, id=st.just("multi")),
        records(Instrument, id=st.just("two"), basis=st.just(Basis.PARTIES), states=st.just(("A", "B"))),
        records(Instrument, id=st.just("any"), basis=st.just(Basis.UNIVERSAL)),
    ),
    models=many(Instrument, id=st.just("model")),
    participations=st.fixed_dictionaries({"multi": many(Participation)}),
    states=st.fixed_dictionaries(
        {
            "IN": st.builds(
                StateLaw,
                authorities=st.tuples(records(Authority)),
                # a row without a mark is given that of its state when it is read
                offences=many(NationalOffence, mark=st.sampled_from(("s.", "art.", "§"))),
                positions=many(StatedPosition),
            )
        }
    ),
    groups=st.just({}),
    offences=many(Offence),
    providers=many(Provider),
    territories=many(Territory),
    jurisdiction=records(JurisdictionLaw),
    cooperation=many(Cooperation),
)


@given(data)
@settings(max_examples=15, deadline=None)
def test_an_export_read_again_is_the_same(some: LawData) -> None:
    assert read_jsonld(to_jsonld(some)) == some
    assert read_tables(write_tables(some)) == some


@given(st.data())
@settings(max_examples=10, deadline=None)
def test_rows_laid_over_themselves_change_nothing(draw: st.DataObject) -> None:
    name = draw.draw(st.sampled_from(sorted(key for key, rows in SHIPPED.participations.items() if rows)))
    table = SHIPPED.participations[name]
    drawn = draw.draw(st.lists(st.sampled_from(table), min_size=1, max_size=5, unique_by=id))
    # an overlay gives all periods of a state
    rows = [row for row in table if row.state in {one.state for one in drawn}]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "instruments" / "multilateral" / f"{name}.csv"
        path.parent.mkdir(parents=True)
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, Participation.__struct_fields__)
            writer.writeheader()
            writer.writerows({k: str(v).lower() if v is True else v or "" for k, v in asdict(row)} for row in rows)
        assert overlay(SHIPPED, Path(folder)) == SHIPPED


def asdict(row: Participation) -> list[tuple[str, Any]]:
    return list(msgspec.to_builtins(row).items())
