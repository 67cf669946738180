"""The data that ship with Comity."""

from comity.law.check import check_law_data, has_errors
from comity.law.compile import compile_law_data, load_compiled
from comity.law.fact import FACTS
from comity.law.lawdata import COMPILED
from comity.law.reader import read_law_data
from comity.law.vocabulary import Fact

READING = read_law_data()


def test_the_shipped_data_have_no_errors() -> None:
    findings = check_law_data(READING)
    assert not has_errors(findings), [str(finding) for finding in findings]


def test_the_compiled_file_is_what_the_folder_says() -> None:
    assert compile_law_data(READING.data) == COMPILED.read_bytes(), "run `comity law build`"
    assert load_compiled() == READING.data


def test_every_instrument_can_say_what_it_carries_or_why_not() -> None:
    models = {model.id for model in READING.data.models}
    for instrument in READING.data.instruments:
        carries = instrument.provisions or instrument.provisions_of in models
        assert carries or instrument.note, f"{instrument.id} carries nothing and does not say why"


def test_every_fact_that_decides_a_condition_has_a_question() -> None:
    used = {
        condition.fact
        for instrument in (*READING.data.instruments, *READING.data.models)
        for provision in instrument.provisions
        for condition in provision.conditions
    }
    assert used - {Fact.NONE} <= {Fact(name) for name in FACTS}
