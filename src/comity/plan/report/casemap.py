"""The world map of a case, as numbers and paths that a template prints as SVG."""

from dataclasses import dataclass
from math import hypot

from comity.law.atlas import StateShape, World
from comity.plan.model import Flow, FlowKind, InvolvedState, Plan, StateRole
from comity.plan.report.flow import flow_words
from comity.plan.report.label import Box, place_labels

PRECEDENCE = (
    StateRole.REQUESTING,
    StateRole.MONEY,
    StateRole.ORIGIN,
    StateRole.SUSPECT,
    StateRole.DATA,
    StateRole.VICTIMS,
    StateRole.TRANSIT,
)
"""Which role colours a state that has several."""

_ASPECT = (1.75, 2.3)
_LEAST_WIDTH = 1000
_MARGIN = 0.13
CODE_SIZE = 2.1
"""Size of the codes that stand for names on narrow screens; the style sheet has the same figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapState:
    """A state of the case on the map."""

    code: str
    name: str
    role: StateRole
    roles: tuple[StateRole, ...]
    path: str
    x: int
    y: int
    small: bool
    label_x: float
    label_y: float
    label_anchor: str
    """``start``, ``middle`` or ``end``."""
    code_x: float
    """Where the code alone stands, in larger letters, for narrow screens."""
    code_y: float
    code_anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc:
    """A flow, drawn."""

    kind: FlowKind
    path: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMap:
    """Everything that the template needs."""

    view: Box
    unit: float
    """Size of letters in map units; lines and dots are sized by it too."""
    land: str
    """Path of all states that the case does not touch."""
    states: tuple[MapState, ...]
    arcs: tuple[Arc, ...]
    roles: tuple[StateRole, ...]
    """For the legend: roles that colour a state here."""
    kinds: tuple[FlowKind, ...]
    """For the legend: kinds of arcs here."""
    missing: tuple[str, ...]
    """Names of states of the case that the map does not show."""
    source: str


def draw_map(plan: Plan, world: World) -> CaseMap:
    """The map of a case: cut to the states that it touches, each coloured by its first role."""
    shown = [(state, world.states[state.state]) for state in plan.states if state.state in world.states]
    view = _view([shape for _, shape in shown], world)
    unit = view.width / 72
    arcs = tuple(arc for i, flow in enumerate(plan.flows) for arc in _arcs(flow, world, i))
    states = _place(shown, unit=unit, view=view)
    touched = {state.state for state, _ in shown}
    return CaseMap(
        view=view,
        unit=unit,
        land=world.other + "".join(shape.path for code, shape in world.states.items() if code not in touched),
        states=states,
        arcs=arcs,
        roles=tuple(role for role in PRECEDENCE if any(state.role is role for state in states)),
        kinds=tuple(kind for kind in FlowKind if any(arc.kind is kind for arc in arcs)),
        missing=tuple(state.name for state in plan.states if state.state not in world.states),
        source=world.source,
    )


def first_role(state: InvolvedState) -> StateRole:
    """The role that colours a state."""
    return next((role for role in PRECEDENCE if role in state.roles), StateRole.DATA)


def _view(shapes: list[StateShape], world: World) -> Box:
    """The part of the world to show, within its edges, neither too small nor too slim."""
    xs, ys = [s.x for s in shapes] or [world.width // 2], [s.y for s in shapes] or [world.height // 2]
    width = max((max(xs) - min(xs)) * (1 + 2 * _MARGIN), _LEAST_WIDTH)
    height = max((max(ys) - min(ys)) * (1 + 2 * _MARGIN), width / _ASPECT[1])
    width = min(max(width, height * _ASPECT[0]), world.width)
    height = min(max(height, width / _ASPECT[1]), world.height)
    x = min(max((min(xs) + max(xs) - width) / 2, 0), world.width - width)
    y = min(max((min(ys) + max(ys) - height) / 2, 0), world.height - height)
    return Box(x=x, y=y, width=width, height=height)


def _arcs(flow: Flow, world: World, number: int) -> list[Arc]:
    """One curve; two, each leaving the map at an edge, where the short way crosses the 180th meridian."""
    a, b = world.states.get(flow.source), world.states.get(flow.target)
    if a is None or b is None:
        return []
    ends = [((a.x, a.y), (b.x, b.y))]
    if abs(b.x - a.x) > world.width / 2:
        turn = world.width if b.x < a.x else -world.width
        ends = [((a.x, a.y), (b.x + turn, b.y)), ((a.x - turn, a.y), (b.x, b.y))]
    bend = 0.16 + 0.05 * (number % 3)
    return [Arc(kind=flow.kind, path=_curve(start, end, bend), words=flow_words(flow)) for start, end in ends]


def _curve(start: tuple[float, float], end: tuple[float, float], bend: float) -> str:
    """A quadratic curve that bends to the north; both ends are kept clear of the dots."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = hypot(dx, dy) or 1.0
    bend = bend if dx > 0 else -bend
    middle = ((start[0] + end[0]) / 2 + dy * bend, (start[1] + end[1]) / 2 - dx * bend)
    gap = min(22.0, length / 5)
    first = _toward(start, middle, gap)
    last = _toward(end, middle, gap)
    return f"M{first[0]:.0f} {first[1]:.0f}Q{middle[0]:.0f} {middle[1]:.0f} {last[0]:.0f} {last[1]:.0f}"


def _toward(point: tuple[float, float], goal: tuple[float, float], gap: float) -> tuple[float, float]:
    dx, dy = goal[0] - point[0], goal[1] - point[1]
    length = hypot(dx, dy) or 1.0
    return point[0] + dx * gap / length, point[1] + dy * gap / length


def _place(shown: list[tuple[InvolvedState, StateShape]], *, unit: float, view: Box) -> tuple[MapState, ...]:
    """States with their labels, each where it covers no other label, as far as there is such a place."""
    points = [(shape.x, shape.y) for _, shape in shown]
    names = place_labels([s.name for s, _ in shown], points, unit=unit, view=view)
    codes = place_labels([s.state for s, _ in shown], points, unit=unit * CODE_SIZE, view=view)
    return tuple(
        MapState(
            code=state.state,
            name=state.name,
            role=first_role(state),
            roles=state.roles,
            path=shape.path,
            x=shape.x,
            y=shape.y,
            small=shape.small,
            label_x=label.x,
            label_y=label.y,
            label_anchor=label.anchor,
            code_x=code.x,
            code_y=code.y,
            code_anchor=code.anchor,
        )
        for (state, shape), label, code in zip(shown, names, codes, strict=True)
    )
