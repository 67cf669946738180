"""The Typst compiler, kept: what sets pages as PDF/A-3a and PDF/UA-1. The one module that calls it.

A warning counts as an error, because a font that is not found would else leave blanks.
"""

from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from comity.letters.errors import TypesettingError
from comity.letters.render.fonts import MissingFont

if TYPE_CHECKING:
    from typst import Compiler

STANDARDS: "tuple[Literal['a-3a'], Literal['ua-1']]" = ("a-3a", "ua-1")
"""Archival, level A (ISO 19005-3), and accessible (ISO 14289-1)."""
_MAIN = "letter.typ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What is to be set: plain data, the fonts that it needs, and the instant that the file names."""

    reference: str
    inputs: dict[str, str]
    folders: tuple[Path, ...] = ()
    """Of fonts beside those inside the compiler."""
    made_at: int = 0
    """Seconds since 1970, UTC."""
    missing: tuple[MissingFont, ...] = ()


class Press:
    """Compilers by the folders of fonts that they have read; each is started once."""

    def __init__(self) -> None:
        self._compilers: dict[tuple[Path, ...], Compiler] = {}

    def pdf(self, copy: Copy) -> bytes:
        """A PDF file from the template; the same copy and fonts give the same bytes.

        TypesettingError where the compiler refuses or warns.
        """
        (made,) = self._set(copy, format="pdf", pdf_standards=list(STANDARDS), timestamp=copy.made_at)
        return made

    def pictures(self, copy: Copy, *, dots_per_inch: int) -> tuple[bytes, ...]:
        """The pages as PNG pictures; errors as of `pdf`."""
        return self._set(copy, format="png", ppi=float(dots_per_inch))

    def _set(self, copy: Copy, **how: Any) -> tuple[bytes, ...]:
        import typst

        try:
            made, warnings = self._compiler(copy.folders).compile_with_warnings(sys_inputs=copy.inputs, **how)
        except typst.TypstError as error:
            raise TypesettingError(reference=copy.reference, problem=f"{error.message} {error.diagnostic}") from error
        if warnings:
            problem = "; ".join(warning.message for warning in warnings)
            raise TypesettingError(reference=copy.reference, problem=problem)
        return (made,) if isinstance(made, bytes) else tuple(made or ())

    def _compiler(self, folders: tuple[Path, ...]) -> "Compiler":
        compiler = self._compilers.get(folders)
        if compiler is None:
            from typst import Compiler, Fonts

            with as_file(files("comity.letters") / "render" / "typst") as root:
                fonts = Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=list(folders))
                compiler = Compiler(root / _MAIN, root=root, font_paths=fonts)
            self._compilers[folders] = compiler
        return compiler
