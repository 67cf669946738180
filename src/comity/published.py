"""JSON Schemas that are published: derived from the records, kept beside them, compared in CI."""

import sys
from dataclasses import dataclass
from pathlib import Path

import msgspec


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedSchemas:
    """The schemas of one package."""

    module: str
    """Which ``python -m`` compares and writes them."""
    folder: Path
    records: dict[str, type[msgspec.Struct]]
    """By the name of the file."""

    def text(self, name: str) -> str:
        """The schema that a file should hold."""
        body = msgspec.json.schema(self.records[name])
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"comity:{name}", **body}
        return msgspec.json.format(msgspec.json.encode(schema), indent=2).decode() + "\n"

    def stale(self) -> tuple[str, ...]:
        """The files that are missing or not what the records say."""
        return tuple(name for name in self.records if self._kept(name) != self.text(name))

    def main(self, arguments: list[str]) -> int:
        """Compares, or writes; gives the exit status."""
        if "--write" in arguments:
            self.folder.mkdir(exist_ok=True)
            for name in self.records:
                (self.folder / name).write_text(self.text(name), encoding="utf-8")
            return 0
        stale = self.stale()
        for name in stale:
            sys.stderr.write(f"{self.folder.name}/{name} is not current: run python -m {self.module} --write\n")
        return 1 if stale else 0

    def _kept(self, name: str) -> str:
        path = self.folder / name
        return path.read_text(encoding="utf-8") if path.is_file() else ""
