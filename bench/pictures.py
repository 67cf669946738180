"""The picture of a plan with 1,000 marks in a browser: until it is drawn, and each frame while it is moved."""

import shutil
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from bench.figure import Figure
from bench.node import in_node, served

THINGS = 650
"""With who keeps them and their states, a thousand marks."""
FLUID_BAR = "< 33 ms"
FRAMES = """async () => {
  const times = [];
  const canvas = document.querySelector("#canvas canvas");
  const box = canvas.getBoundingClientRect();
  const at = { clientX: box.x + box.width / 2, clientY: box.y + box.height / 2, bubbles: true, cancelable: true };
  let last = performance.now();
  for (let turn = 0; turn < 120; turn += 1) {
    canvas.dispatchEvent(new WheelEvent("wheel", { ...at, deltaY: turn % 40 < 20 ? -120 : 120 }));
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    times.push(now - last);
    last = now;
  }
  return times;
}"""


def run(things: int = THINGS) -> Iterator[Figure]:
    """Milliseconds until it is drawn, and of each frame while it is made larger and smaller."""
    with tempfile.TemporaryDirectory(prefix="comity-bench-") as folder:
        data, told = Path(folder) / "node", Path(folder) / "told.json"
        data.mkdir()
        with told.open("wb") as out:
            in_node(data, "bench.picturefill", str(things), stdout=out)
        where = msgspec.json.decode(told.read_bytes(), type=dict[str, str])
        with served(data) as url:
            yield from _looked_at(url, where, things)


def _looked_at(url: str, where: dict[str, str], things: int) -> Iterator[Figure]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1440, "height": 1000})
        domain = urlsplit(url).hostname or ""
        context.add_cookies([{"name": "sessionid", "value": where["session"], "domain": domain, "path": "/"}])
        page = context.new_page()
        page.goto(url + where["path"])
        page.wait_for_selector("#pictures[data-drawn=graph]")
        drawn = page.evaluate("performance.now()")
        marks = page.evaluate("JSON.parse(document.getElementById('picture').textContent).marks.length")
        for name in ("graph", "map"):
            page.locator(f"[data-show={name}]").click()
            page.wait_for_selector(f"#pictures[data-drawn={name}]")
            page.wait_for_timeout(1000)
            frames = sorted(page.evaluate(FRAMES))
            what = f"{name} of {marks:,} marks: a frame while it is zoomed"
            late = frames[int(len(frames) * 0.95)]
            yield Figure(what=f"{what}, median", value=statistics.median(frames), unit="ms", bar=FLUID_BAR)
            yield Figure(what=f"{what}, 95 %", value=late, unit="ms")
        yield Figure(what=f"page of {things:,} things: from the address to the picture", value=drawn, unit="ms")
        browser.close()
