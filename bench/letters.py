"""Letters of the shipped case in every form: after the start, and as whole processes."""

import tempfile
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from bench.figure import ROOT, Figure, process_figures
from comity.law import load_registry
from comity.leads.find import find_leads
from comity.leads.nexus import TieSources
from comity.letters import Drafted, brief_for, draft, languages, lay_out, steps_with_letters, to_json
from comity.letters.forms import Form, written
from comity.plan import artifact_paths, make_plan, open_case

FOLDER = "examples/phishing"
ON = date(2026, 11, 24)
BAR = "< 300"
LONGEST = 4
PAIRED = ("ru", "ar", "zh", "hi")


def run() -> list[Figure]:
    """Every figure of the letters."""
    drafts = _drafts()
    pages = [lay_out(one.letter, one.report) for one in drafts]
    first = _measured(partial(written, drafts[0], Form.PDF, page=pages[0]))
    figures = [Figure(what="letters: the first PDF, with the start of the compiler", value=first[0], unit="ms")]
    for form in Form:
        works = [partial(written, one, form, page=page) for one, page in zip(drafts, pages, strict=True)]
        times = [_measured(work) for work in works]  # each once: the compiler remembers what it has set
        figures.append(_figure(f"letters: {form.value.upper()}, {len(drafts)} letters", times))
    drafts.sort(key=lambda one: len(to_json(one)))
    figures += [_paired(drafts[-LONGEST:], language) for language in PAIRED if language in languages()]
    with tempfile.TemporaryDirectory() as folder:
        command = ("draft", FOLDER, "--all", "--format", "pdf", "--format", "docx", "--on", f"{ON}")
        what = f"comity draft {FOLDER} --all, {len(drafts)} letters as PDF and DOCX"
        figures += process_figures(what, *command, "-o", str(Path(folder) / "letters"), runs=3)
    return figures


def _drafts() -> list[Drafted]:
    registry = load_registry()
    case = open_case(ROOT / FOLDER, registry)
    leads = find_leads(artifact_paths(ROOT / FOLDER, case), sources=TieSources(providers=registry.data.providers))
    plan = make_plan(case, leads, on=ON, registry=registry)
    return [
        draft(brief_for((step.id,), case=case, plan=plan, registry=registry, on=ON, transfers=leads.transfers))
        for step in steps_with_letters(plan)
    ]


def _paired(drafts: list[Drafted], language: str) -> Figure:
    works = []
    for one in drafts:
        page, other = lay_out(one.letter, one.report), lay_out(one.letter, one.report, language)
        works.append(partial(written, one, Form.PDF, page=other, original=page))
    works[0]()  # reads the fonts
    times = [_measured(work) for work in works[1:]]
    return _figure(f"letters: PDF of the longest letters, {language} beside en", times)


def _figure(what: str, times: list[tuple[float, float]]) -> Figure:
    walls = [wall for wall, _ in times]
    core = median(core for _, core in times)
    spread = f"{min(walls):.1f} to {max(walls):.1f} ms; {core:.1f} ms of a core"
    return Figure(what=what, value=median(walls), unit="ms", bar=BAR, spread=spread)


def _measured(work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds on the clock, and of the processor: the clock counts what else the machine does."""
    begin, began = perf_counter(), process_time()
    work()
    return 1000 * (perf_counter() - begin), 1000 * (process_time() - began)
