"""Coverage on the map of the world: one state's answers toward all others, or how far each state reaches."""

from comity.law.atlas.atlas import Atlas
from comity.law.atlas.coverage import NO_OFFENCE, Coverage, by_state, open_to
from comity.law.atlas.drawing import Shade, draw_world, missing_from
from comity.law.atlas.map import World
from comity.law.atlas.strength import STRONGEST_FIRST, Strength
from comity.law.instrument import StateCode
from comity.law.names import state_name
from comity.law.vocabulary import Measure

_FILLS = {
    Strength.OWED: ("#08519c", ""),
    Strength.OFFERED: ("#4a97c9", ""),
    Strength.POLICE: ("#a9cfe6", "dots"),
    Strength.CONDITIONAL: ("#f0a04b", ""),
    Strength.COURTESY: ("#fbdcb4", "dots"),
    Strength.CLOSED: ("#c9c9c9", "lines"),
}
_OWN = Shade(id="own", words="the state itself", fill="#18202e")
#: Least share of the other states, in per cent, with its shade.
_SHARES = ((75, "#08306b"), (50, "#2171b5"), (25, "#6baed6"), (10, "#bdd7e7"))
_FEW = Shade(id="few", words="from fewer than 10 % of the others", fill="#fbdcb4", marks="dots")
_NONE = Shade(id="none", words="from no other", fill="#c9c9c9", marks="lines")
_GRADES = tuple(
    Shade(id=grade.id, words=grade.words, fill=_FILLS[grade][0], marks=_FILLS[grade][1]) for grade in STRONGEST_FIRST
)
_BY_SHARE = (
    *(Shade(id=f"share-{least}", words=f"from {least} % of the others or more", fill=fill) for least, fill in _SHARES),
    _FEW,
    _NONE,
)


def draw_coverage(atlas: Atlas, found: Coverage, world: World) -> str:
    """The coverage of one measure as an SVG document; all states at once where neither side is given."""
    measure = found.counts[0].measure
    if found.requesting or found.requested:
        return _draw_toward(found, measure, world)
    return _draw_whole(atlas, measure, world)


def _draw_toward(found: Coverage, measure: Measure, world: World) -> str:
    own = found.requesting or found.requested
    what = _readable(measure)
    asks = f"from which states can {state_name(own)} obtain it?"
    title = f"{what}: {asks if found.requesting else f'which states can obtain it from {state_name(own)}?'}"
    states = {code: (grade.id, words) for code, (grade, words) in by_state(found).items()}
    counts = found.counts[0].pairs
    says = "; ".join(f"{shade.words}: {counts[shade.id]} states" for shade in _GRADES)
    return draw_world(
        world,
        title=title,
        description=f"As of {found.as_of}. {says}.",
        shades=(*_GRADES, _OWN),
        states={**states, own: (_OWN.id, state_name(own))},
        notes=_notes(world, states, found),
    )


def _draw_whole(atlas: Atlas, measure: Measure, world: World) -> str:
    others = len(atlas.states) - 1
    reached = open_to(atlas, measure)
    states = {
        code: (_share(number, others), f"{state_name(code)}: from {number} of {others} others")
        for code, number in reached.items()
    }
    classes = [shade for shade, _ in states.values()]
    says = "; ".join(f"{shade.words}: {classes.count(shade.id)} states" for shade in _BY_SHARE)
    return draw_world(
        world,
        title=f"{_readable(measure)}: from how many others can each state obtain evidence by an open route?",
        description=f"As of {atlas.on}. {says}.",
        shades=_BY_SHARE,
        states=states,
        notes=_notes(world, states, atlas),
    )


def _share(number: int, others: int) -> str:
    if not number:
        return _NONE.id
    return next((f"share-{least}" for least, _ in _SHARES if number * 100 >= least * others), _FEW.id)


def _notes(world: World, states: dict[StateCode, tuple[str, str]], found: Coverage | Atlas) -> tuple[str, ...]:
    day = found.as_of if isinstance(found, Coverage) else found.on
    offences = f" for {', '.join(found.offences)}" if found.offences else ""
    absent = missing_from(world, states)
    unseen = f" Not on the map for its scale: {', '.join(map(state_name, absent))}." if absent else ""
    return (
        f"As of {day}{offences}, by the law data of Comity; no fact of a case is known. Unknown is shown as"
        f" conditional, never as closed. {'' if found.offences else NO_OFFENCE}".rstrip(),
        "Borders and names are those of the data set and express no opinion on the legal status of any territory or"
        f" on disputed borders.{unseen} Map: {world.source}; {world.licence}.",
    )


def _readable(measure: Measure) -> str:
    return measure.value.replace("_", " ").capitalize()
