"""Whatever a data file holds, reading it ends in a record or in misfits that name their place."""

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import fields

from comity.law.instrument import Instrument, Participation, Provision, Record
from comity.law.record import read_record

RECORDS: tuple[type[Record], ...] = (Instrument, Participation, Provision)
NAMES = sorted({field.name for kind in RECORDS for field in fields(kind)} | {"text", "fact", "value", "unit"})
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just("preservation")
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(
    kind=st.sampled_from(RECORDS),
    raw=st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=4), VALUES, max_size=8),
    strict=st.booleans(),
)
def test_reading_ends_in_a_record_or_in_misfits(kind: type[Record], raw: dict[str, object], strict: bool) -> None:
    record, misfits = read_record(raw, kind, strict=strict)
    assert (record is None) == bool(misfits)
    assert all(misfit.code and misfit.problem and misfit.remedy for misfit in misfits)
