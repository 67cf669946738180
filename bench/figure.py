"""Measured figures, and how to measure them."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured quantity beside the bar that it must meet."""

    what: str
    value: float
    unit: str
    bar: str = ""
    spread: str = ""


def process_figures(what: str, *arguments: str, runs: int = 7, bar: str = "", memory_bar: str = "") -> list[Figure]:
    """Wall time (median) and peak memory of ``comity`` with some arguments, as a whole process."""
    command = [str(Path(sys.executable).with_name("comity")), *arguments]
    seconds: list[float] = []
    peak_mib = 0.0
    for _ in range(runs):
        begin = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds.append(time.perf_counter() - begin)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
        peak_mib = max(peak_mib, usage.ru_maxrss / 1024)
    spread = f"min {min(seconds):.3f}, max {max(seconds):.3f}, {runs} runs"
    return [
        Figure(what=f"{what}: time", value=statistics.median(seconds), unit="s", bar=bar, spread=spread),
        Figure(what=f"{what}: peak memory", value=peak_mib, unit="MiB", bar=memory_bar),
    ]


def rate(what: str, act: Callable[[], int], *, unit: str, bar: str = "", runs: int = 5) -> Figure:
    """Things done in a second: `act` does some and says how many; the median of several runs."""
    rates: list[float] = []
    for _ in range(runs):
        begin = time.perf_counter()
        done = act()
        rates.append(done / (time.perf_counter() - begin))
    spread = f"min {min(rates):,.0f}, max {max(rates):,.0f}, {runs} runs"
    return Figure(what=what, value=statistics.median(rates), unit=unit, bar=bar, spread=spread)
