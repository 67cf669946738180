"""The Typst compiler, kept: what sets pages as PDF/A-3a and PDF/UA-1. The one module that calls it.

A warning counts as an error, because a font that is not found would else leave blanks.
"""

from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from comity.letters.errors import TypesettingError

if TYPE_CHECKING:
    from typst import Compiler

STANDARDS: "tuple[Literal['a-3a'], Literal['ua-1']]" = ("a-3a", "ua-1")
"""Archival, level A (ISO 19005-3), and accessible (ISO 14289-1)."""
_MAIN = "letter.typ"


class Press:
    """Compilers by the folders of fonts that they have read; each is started once."""

    def __init__(self) -> None:
        self._compilers: dict[tuple[Path, ...], Compiler] = {}

    def pdf(self, inputs: dict[str, str], *, folders: tuple[Path, ...], made_at: int, reference: str) -> bytes:
        """A PDF file from the template; the same inputs and fonts give the same bytes.

        `made_at` is seconds since 1970, UTC. TypesettingError where the compiler refuses or warns.
        """
        import typst

        try:
            made, warnings = self._compiler(folders).compile_with_warnings(
                format="pdf", sys_inputs=inputs, pdf_standards=list(STANDARDS), timestamp=made_at
            )
        except typst.TypstError as error:
            raise TypesettingError(reference=reference, problem=f"{error.message} {error.diagnostic}") from error
        if warnings or not isinstance(made, bytes):
            problem = "; ".join(warning.message for warning in warnings) or "it gave no file"
            raise TypesettingError(reference=reference, problem=problem)
        return made

    def _compiler(self, folders: tuple[Path, ...]) -> "Compiler":
        compiler = self._compilers.get(folders)
        if compiler is None:
            from typst import Compiler, Fonts

            with as_file(files("comity.letters") / "render" / "typst") as root:
                fonts = Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=list(folders))
                compiler = Compiler(root / _MAIN, root=root, font_paths=fonts)
            self._compilers[folders] = compiler
        return compiler
