"""The case file as evidence of itself: what it names, for a case with nothing beside it that can be read."""

from collections.abc import Iterator

from comity.plan.case import Case

LABEL = "case.toml: facts and identifiers"


def case_text(case: Case) -> tuple[str, str]:
    """Label and text of what a case file tells."""
    return LABEL, "\n".join(_lines(case))


def _lines(case: Case) -> Iterator[str]:
    yield case.facts.strip()
    for event in case.events:
        yield " ".join((event.what, *event.objects))
    for suspect in case.suspects:
        yield from suspect.identifiers
    for exchange in case.exchanges:
        yield f"{exchange.name}: {' '.join(exchange.addresses)}"
    for step in case.earlier_steps:
        yield from step.objects
