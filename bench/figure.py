"""Measured figures, and how to measure them."""

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


_WATCH = """
import os, subprocess, sys, time
begin = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
print(time.perf_counter() - begin, usage.ru_maxrss, os.waitstatus_to_exitcode(status))
"""
"""Starts a command from a small process: a child begins with the peak memory of the process that forks it."""


def process_figures(what: str, *arguments: str, runs: int = 7, bar: str = "", memory_bar: str = "") -> list[Figure]:
    """Wall time (median) and peak memory of ``comity`` with some arguments, as a whole process."""
    command = [str(Path(sys.executable).with_name("comity")), *arguments]
    seconds: list[float] = []
    peak_mib = 0.0
    for _ in range(runs):
        watched = [sys.executable, "-S", "-c", _WATCH, *command]
        told = subprocess.run(watched, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
        if int(told[2]):
            raise RuntimeError(f"{' '.join(command)} ended with {told[2]}")
        seconds.append(float(told[0]))
        peak_mib = max(peak_mib, int(told[1]) / 1024)
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
