"""What is seen of a signature on the page: set by Typst, so that every script is shaped and every font embedded."""

import json
from collections.abc import Callable
from datetime import datetime

from comity.letters.errors import SigningError

#: Where a signature's block stands nothing else; points.
WIDTH, HEIGHT = 230.0, 62.0

_TEMPLATE = """
#let data = json("data.json")
#set page(width: {width}pt, height: {height}pt, margin: (x: 6pt, y: 5pt), fill: none)
#set text(size: 8pt{fonts}, lang: data.language, hyphenate: false)
#set par(leading: 0.45em)
#box(stroke: (left: 1.2pt + rgb("#1b3a5d")), inset: (left: 6pt), width: 100%, height: 100%)[
  #text(weight: "bold", size: 9pt)[#data.name] \\
  #for line in data.lines [#line \\ ]
]
"""

Setter = Callable[[str, dict[str, bytes]], bytes]
"""From a Typst source and the files beside it to a PDF."""


def signature_block(
    *,
    name: str,
    lines: tuple[str, ...],
    at: datetime,
    city: str = "",
    language: str = "en",
    setter: Setter | None = None,
) -> bytes:
    """A PDF page of `WIDTH` by `HEIGHT` that shows who signed, as what, where and when."""
    when = ", ".join(one for one in (city, at.isoformat(sep=" ", timespec="seconds")) if one)
    shown = [*[line for line in lines if line][:3], when]
    data = json.dumps(
        {"name": name, "lines": shown, "language": language.split("-", maxsplit=1)[0]}, ensure_ascii=False
    )
    source = _TEMPLATE.format(width=WIDTH, height=HEIGHT, fonts="")
    return (setter or set_with_typst)(source, {"data.json": data.encode()})


def set_with_typst(source: str, files: dict[str, bytes]) -> bytes:
    """The PDF of a one-page source; SigningError where Typst refuses it or has no glyph for it."""
    import typst

    try:
        sources: dict[str, str | bytes] = {"main.typ": source.encode(), **files}
        return bytes(typst.compile(sources, format="pdf"))  # type: ignore[call-overload]  # its stub knows no dict
    except (typst.TypstError, RuntimeError, ValueError) as error:
        raise SigningError(what="signature block", problem=str(error), remedy="report this name") from None
