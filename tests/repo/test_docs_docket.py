"""What docs/docket.md shows is what happens."""

import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "docket.md"


def test_the_example_prints_what_the_page_says() -> None:
    text = PAGE.read_text(encoding="utf-8")
    program = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    printed = re.search(r"```text\n(.*?)```", text, re.DOTALL)
    assert program is not None
    assert printed is not None
    run = subprocess.run([sys.executable, "-c", program.group(1)], capture_output=True, text=True, check=False)
    assert run.stderr == ""
    assert run.stdout == printed.group(1)
