"""The custody log: entries appended a second, and proofs from a large log.

``python -m bench custody=10_000_000`` builds a log of that size first; it needs about 1 KB of disk for each entry.
"""

import os
import random
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.figure import Figure
from comity.evidence.custody import (
    Act,
    Authorisation,
    Condition,
    CustodyLog,
    Draft,
    Item,
    Party,
    create_log,
    open_log,
)

SIZE = 1_000_000
BATCH = 10_000
PROOFS = 2_000
NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
_KEEPER = Party(name="A. Rao", role="evidence custodian", agency="Cyber Cell, Pune", state="IN")
_ORDER = Authorisation(
    reference="Warrant 12/2026", issued_by="JMFC Pune", issued_on="2026-11-20", legal_basis="BNSS s. 94"
)


def drafts(start: int, count: int) -> list[Draft]:
    """Acts as agencies enter them: each item is collected once and examined nine times."""
    made: list[Draft] = []
    for number in range(start, start + count):
        turn, place = divmod(number, BATCH)
        item = Item(
            id=f"EX-{turn // 10}-{place}",
            description="image of a mobile telephone",
            sha256=f"{turn // 10:032x}{place:032x}",
            size_bytes=128_000_000_000,
            condition=Condition.SEALED,
        )
        made.append(
            Draft(
                act=Act.EXAMINED if turn % 10 else Act.COLLECTED,
                at=NOW + timedelta(seconds=turn),
                by=_KEEPER,
                items=(item,),
                place="Cyber Cell, Pune",
                reason="analysis under the order",
                authorisation=_ORDER,
            )
        )
    return made


def run(size: int = SIZE) -> list[Figure]:
    """Every figure of custody, on a log of `size` entries."""
    with tempfile.TemporaryDirectory() as folder:
        log = create_log(Path(folder) / "log", origin="cyber.pune.example/custody")
        rates = _fill(log, size)
        log.close()
        middle = sorted(rates)[len(rates) // 2]
        spread = f"slowest batch {min(rates):,.0f}, fastest {max(rates):,.0f}, {len(rates)} batches of {BATCH:,}"
        appended = Figure(
            what=f"custody: entries appended, each batch on the disk, up to {size:,}",
            value=middle,
            unit="entries/s",
            bar="≥ 50,000",
            spread=spread,
        )
        return [appended, *_proofs(Path(folder) / "log")]


def _fill(log: CustodyLog, size: int) -> list[float]:
    rates: list[float] = []
    for start in range(0, size, BATCH):
        batch = drafts(start, min(BATCH, size - start))
        begin = time.perf_counter()
        log.append(batch, recorded_at=NOW + timedelta(seconds=start // BATCH), random_bytes=os.urandom)
        rates.append(len(batch) / (time.perf_counter() - begin))
    return rates


def _proofs(folder: Path) -> list[Figure]:
    chance = random.Random(7)
    begin = time.perf_counter()
    log = open_log(folder)
    opened = time.perf_counter() - begin
    size = log.size
    numbers = [chance.randrange(size) for _ in range(PROOFS)]
    milliseconds: dict[str, list[float]] = {"inclusion": [], "consistency": []}
    for number in numbers:
        begin = time.perf_counter()
        log.inclusion_proof(number, size)
        middle = time.perf_counter()
        log.consistency_proof(number + 1, size)
        milliseconds["inclusion"].append((middle - begin) * 1000)
        milliseconds["consistency"].append((time.perf_counter() - middle) * 1000)
    log.close()
    figures = [Figure(what=f"custody: opening a log of {size:,}", value=opened * 1000, unit="ms")]
    for kind, times in milliseconds.items():
        times.sort()
        spread = f"99 of 100 under {times[len(times) * 99 // 100]:.3f}, slowest {times[-1]:.3f}, {PROOFS:,} proofs"
        what = f"custody: {kind} proof from a log of {size:,}"
        figures.append(Figure(what=what, value=times[len(times) // 2], unit="ms", bar="< 5", spread=spread))
    return figures
