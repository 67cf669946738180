"""The examples of docs/atlas.md run as they are printed."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from comity.cli.law import law

PAGE = (Path(__file__).parents[2] / "docs" / "atlas.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    comity law (.+)$", PAGE, flags=re.MULTILINE)


def test_the_page_has_examples() -> None:
    assert len(COMMANDS) > 10


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_ends_well(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(law, shlex.split(command))
    assert result.exit_code == 0, result.output + str(result.exception)
    if "--svg" in command:
        assert (tmp_path / "preservation.svg").stat().st_size > 10_000


def test_the_library_example_holds() -> None:
    (example,) = re.findall(r"^```python\n(.+?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)
    exec(compile(example, "docs/atlas.md", "exec"), {})
