"""The plan of the shipped case: the terminal commands as whole processes, and planning alone."""

import tempfile
from datetime import date
from pathlib import Path

from bench.figure import ROOT, Figure, process_figures, rate
from comity.law import load_registry
from comity.leads.find import find_leads
from comity.leads.nexus import TieSources
from comity.plan import artifact_paths, make_plan, open_case

FOLDER = "examples/phishing"
ON = date(2026, 11, 24)
SECONDS = "< 1.5"
MEMORY = "< 250"


def run() -> list[Figure]:
    """Every figure of the plan."""
    registry = load_registry()
    case = open_case(ROOT / FOLDER, registry)
    leads = find_leads(artifact_paths(ROOT / FOLDER, case), sources=TieSources(providers=registry.data.providers))

    def planning() -> int:
        make_plan(case, leads, on=ON, registry=registry)
        return 1

    plan = ("plan", FOLDER, "--on", f"{ON}")
    with tempfile.TemporaryDirectory() as folder:
        return [
            *process_figures(f"comity plan {FOLDER} (terminal page)", *plan, bar=SECONDS, memory_bar=MEMORY),
            *process_figures(f"comity plan {FOLDER} --json", *plan, "--json", bar=SECONDS, memory_bar=MEMORY),
            *process_figures(
                f"comity plan {FOLDER} --html",
                *plan,
                "--html",
                f"{Path(folder) / 'r.html'}",
                bar=SECONDS,
                memory_bar=MEMORY,
            ),
            *process_figures(f"comity leads {FOLDER} --json", "leads", FOLDER, "--json"),
            rate("plan: make_plan, leads and law at hand", planning, unit="plans/s"),
        ]
