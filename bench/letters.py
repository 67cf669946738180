"""Letters of the shipped case in every form: after the start, and as whole processes."""

import tempfile
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

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
RUNS = 3
PAIRED = ("ru", "ar", "zh", "hi")


def run() -> list[Figure]:
    """Every figure of the letters."""
    drafts = _drafts()
    pages = [lay_out(one.letter, one.report) for one in drafts]
    first = _milliseconds(partial(written, drafts[0], Form.PDF, page=pages[0]))
    figures = [Figure(what="letters: the first PDF, with the start of the compiler", value=first, unit="ms")]
    for form in Form:
        works = [partial(written, one, form, page=page) for one, page in zip(drafts, pages, strict=True)]
        times = [median(_milliseconds(work) for _ in range(RUNS)) for work in works]
        figures.append(_figure(f"letters: {form.value.upper()}, {len(drafts)} letters", times))
    longest = max(drafts, key=lambda one: len(to_json(one)))
    figures += [_paired(longest, language) for language in PAIRED if language in languages()]
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


def _paired(drafted: Drafted, language: str) -> Figure:
    page = lay_out(drafted.letter, drafted.report)
    other = lay_out(drafted.letter, drafted.report, language)
    work = partial(written, drafted, Form.PDF, page=other, original=page)
    work()  # reads the fonts
    times = [_milliseconds(work) for _ in range(RUNS)]
    return _figure(f"letters: PDF of the longest letter, {language} beside {page.language}", times)


def _figure(what: str, times: list[float]) -> Figure:
    return Figure(what=what, value=median(times), unit="ms", bar=BAR, spread=f"{min(times):.1f} to {max(times):.1f} ms")


def _milliseconds(work: Callable[[], object]) -> float:
    begin = perf_counter()
    work()
    return 1000 * (perf_counter() - begin)
