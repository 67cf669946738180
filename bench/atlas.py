"""The atlas: all ordered pairs of states by all measures, what-ifs, and the same question asked of SQLite.

The peer joins who is bound with which instrument gives what. It is asked for less than the atlas answers: no
reservation, exclusion, replacement, subsidiarity, offence or kind of condition.
"""

import sqlite3
import statistics
import time
from collections.abc import Callable
from datetime import date

from bench.figure import Figure, process_figures
from comity.law import Measure, Registry, load_registry
from comity.law.atlas import Accession, Atlas, rank_reforms, what_if
from comity.law.names import all_states
from comity.law.registry import build_registry
from comity.law.standing import Bound
from comity.law.vocabulary import Basis

ON = date(2026, 11, 24)
BUDAPEST = "IN accedes budapest on 2027-01-01"


def run() -> list[Figure]:
    """Every figure of the atlas."""
    data = load_registry().data
    accession = Accession(state="IN", instrument="budapest", on=date(2027, 1, 1))
    peer = peer_database(load_registry())
    cells = len(all_states()) * (len(all_states()) - 1) * len(Measure)

    def whole(*offences: str) -> None:
        atlas = Atlas(build_registry(data), on=ON, offences=offences)
        assert sum(sum(atlas.counts(measure).values()) for measure in Measure) == cells

    return [
        _seconds(f"atlas, {cells:,} cells, from a fresh registry", whole, bar="< 1"),
        _seconds("atlas for one offence", lambda: whole("computer_fraud"), bar="< 1"),
        _seconds(f"peer: SQLite, the plain join of {_rows(peer):,} rows", lambda: ask_peer(peer)),
        _seconds("what-if of one accession, all states and measures", lambda: what_if(load_registry(), (accession,))),
        _seconds(
            "reforms of one state for one measure",
            lambda: rank_reforms(load_registry(), "IN", on=ON, measures=(Measure.PRESERVATION,)),
        ),
        *process_figures("comity law coverage --json", "law", "coverage", "--json", bar="< 1", memory_bar="< 150"),
        *process_figures(
            "comity law coverage --measure preservation --json",
            *("law", "coverage", "--measure", "preservation", "--json"),
            memory_bar="< 150",
        ),
        *process_figures(f'comity law what-if "{BUDAPEST}"', "law", "what-if", BUDAPEST, memory_bar="< 150"),
    ]


def peer_database(registry: Registry) -> sqlite3.Connection:
    """Who was bound from when to when, and which instrument gives which measure, as tables with indexes."""
    db = sqlite3.connect(":memory:")
    db.executescript(
        "CREATE TABLE party (instrument TEXT, state TEXT, since TEXT, until TEXT, sure INT);"
        "CREATE TABLE gives (instrument TEXT, measure TEXT, grade INT);"
    )
    for instrument in registry.instruments.values():
        states = instrument.states if instrument.states and instrument.basis is Basis.PARTIES else all_states()
        for state in states:
            line = registry.timeline(instrument, state)
            ends = (*(start.isoformat() for start in line.starts[1:]), "9999-12-31")
            spans = zip(line.starts, ends, line.standings, strict=True)
            db.executemany(
                "INSERT INTO party VALUES (?, ?, ?, ?, ?)",
                [
                    (instrument.id, state, start.isoformat(), end, standing.bound is Bound.YES)
                    for start, end, standing in spans
                    if standing.bound is not Bound.NO
                ],
            )
        db.executemany(
            "INSERT INTO gives VALUES (?, ?, ?)",
            [(instrument.id, p.measure.value, 1 + p.duty) for p in instrument.provisions],
        )
    db.executescript("CREATE INDEX by_party ON party (instrument, since); CREATE INDEX by_gives ON gives (instrument);")
    db.execute("ANALYZE")
    return db


def ask_peer(db: sqlite3.Connection) -> int:
    """The best grade of every pair and measure on a day; how many there are."""
    query = (
        "WITH now AS MATERIALIZED (SELECT instrument, state, sure FROM party WHERE since <= :on AND until > :on),"
        " best AS MATERIALIZED (SELECT instrument, measure, max(grade) AS grade FROM gives GROUP BY 1, 2)"
        " SELECT a.state, b.state, measure, max(grade * a.sure * b.sure)"
        " FROM now a JOIN now b ON a.instrument = b.instrument AND a.state <> b.state"
        " JOIN best ON best.instrument = a.instrument GROUP BY 1, 2, 3"
    )
    return sum(1 for _ in db.execute(query, {"on": ON.isoformat()}))


def _rows(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT (SELECT count(*) FROM party) + (SELECT count(*) FROM gives)").fetchone()[0])


def _seconds(what: str, act: Callable[[], object], *, bar: str = "", runs: int = 3) -> Figure:
    taken: list[float] = []
    for _ in range(runs):
        begin = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begin)
    spread = f"min {min(taken):.3f}, max {max(taken):.3f}, {runs} runs"
    return Figure(what=what, value=statistics.median(taken), unit="s", bar=bar, spread=spread)
