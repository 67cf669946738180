"""A map of the world in SVG, each state in the shade of its class: one file that needs no network and no script.

It says in words what it shows (title, description, a title on every state, a legend), and does not rest on colour
alone: lighter shades are hatched or dotted.
"""

from dataclasses import dataclass
from textwrap import wrap
from xml.sax.saxutils import escape, quoteattr

from comity.law.atlas.map import StateShape, World
from comity.law.instrument import StateCode

_MARGIN = 60
_LINE = 46
_TITLE_HEIGHT = 150
_LETTERS_A_LINE = 165
_STYLE = """
text{font-family:system-ui,'Noto Sans',Arial,sans-serif;fill:#18202e}
.title{font-size:58px;font-weight:600}.small{font-size:32px}.key{font-size:36px}
.state{stroke:#ffffff;stroke-width:1.2}.dot{stroke:#18202e;stroke-width:2}.land{fill:#eef0f2}.sea{fill:#f6f9fb}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shade:
    """One class of states on the map."""

    id: str
    words: str
    fill: str
    """A colour, such as ``#08519c``."""
    marks: str = ""
    """``lines`` or ``dots`` over the colour; empty: plain."""


def draw_world(
    world: World,
    *,
    title: str,
    description: str,
    shades: tuple[Shade, ...],
    states: dict[StateCode, tuple[str, str]],
    notes: tuple[str, ...],
) -> str:
    """The map as an SVG document; `states` gives each state's shade by its id, and the words to show with it."""
    note_lines = [line for note in notes for line in wrap(note, _LETTERS_A_LINE)]
    legend_top = _TITLE_HEIGHT + world.height + _MARGIN
    rows = (len(shades) + 1) // 2
    notes_top = legend_top + rows * _LINE * 1.4 + _MARGIN
    height = round(notes_top + len(note_lines) * _LINE)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {world.width} {height}" role="img" lang="en"'
        ' aria-labelledby="title description">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="description">{escape(description)}</desc>',
        f"<style>{_STYLE}</style>",
        "<defs>",
        *(_pattern(shade) for shade in shades if shade.marks),
        "</defs>",
        f'<rect width="{world.width}" height="{height}" fill="#ffffff"/>',
        f'<text class="title" x="{_MARGIN}" y="95">{escape(title)}</text>',
        f'<g transform="translate(0 {_TITLE_HEIGHT})">',
        f'<rect class="sea" width="{world.width}" height="{world.height}"/>',
        f'<path class="land" d={quoteattr(_land(world, states))}/>',
        *_states(world, shades, states),
        "</g>",
        *_legend(shades, top=legend_top, width=world.width),
        *(
            f'<text class="small" x="{_MARGIN}" y="{round(notes_top + i * _LINE)}">{escape(line)}</text>'
            for i, line in enumerate(note_lines)
        ),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def missing_from(world: World, states: dict[StateCode, tuple[str, str]]) -> tuple[StateCode, ...]:
    """States that have a shade and no place on the map."""
    return tuple(state for state in states if state not in world.states)


def _land(world: World, states: dict[StateCode, tuple[str, str]]) -> str:
    return world.other + "".join(shape.path for code, shape in world.states.items() if code not in states)


def _states(world: World, shades: tuple[Shade, ...], states: dict[StateCode, tuple[str, str]]) -> list[str]:
    """Each class as a group; large states first, so that the dots of small ones lie on top."""
    found: list[str] = []
    for small in (False, True):
        for shade in shades:
            members = [(c, w) for c, (s, w) in states.items() if s == shade.id and c in world.states]
            drawn = [_state(world.states[c], words) for c, words in members if world.states[c].small is small]
            if drawn:
                found += [f'<g class="{escape(shade.id)}" fill="{_paint(shade)}">', *drawn, "</g>"]
    return found


def _state(shape: StateShape, words: str) -> str:
    title = f"<title>{escape(words)}</title>"
    path = f'<path class="state" d={quoteattr(shape.path)}/>' if shape.path else ""
    dot = f'<circle class="dot" cx="{shape.x}" cy="{shape.y}" r="9"/>' if shape.small else ""
    return f"<g>{title}{path}{dot}</g>"


def _paint(shade: Shade) -> str:
    return f"url(#marks-{shade.id})" if shade.marks else shade.fill


def _pattern(shade: Shade) -> str:
    mark = {
        "lines": '<path d="M0 0H14" stroke="#18202e" stroke-opacity="0.45" stroke-width="4"/>',
        "dots": '<circle cx="7" cy="7" r="2.6" fill="#18202e" fill-opacity="0.5"/>',
    }[shade.marks]
    return (
        f'<pattern id="marks-{shade.id}" width="14" height="14" patternUnits="userSpaceOnUse"'
        f' patternTransform="rotate(45)"><rect width="14" height="14" fill="{shade.fill}"/>{mark}</pattern>'
    )


def _legend(shades: tuple[Shade, ...], *, top: float, width: int) -> list[str]:
    """Two columns, read downwards."""
    rows = (len(shades) + 1) // 2
    found = []
    for place, shade in enumerate(shades):
        x = _MARGIN + (place // rows) * (width // 2)
        y = round(top + (place % rows) * _LINE * 1.4)
        found.append(
            f'<rect x="{x}" y="{y - 30}" width="64" height="40" fill="{_paint(shade)}" stroke="#18202e"/>'
            f'<text class="key" x="{x + 86}" y="{y + 3}">{escape(shade.words)}</text>'
        )
    return found
