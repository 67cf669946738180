"""Where the things of a picture stand: around who keeps them, those around their state, and the states on rings.

Worked out here and not by forces in the browser: the same plan gives the same picture, and a thousand things cost
nothing to draw.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from math import asin, cos, pi, sin, sqrt

Point = tuple[float, float]
STEP = 26.0
"""How far two things of one holder stand apart, in units of the picture."""
GAP = 30.0
"""Between what belongs to one holder or state and what belongs to the next."""
_GOLDEN = pi * (3 - sqrt(5))


def around(count: int) -> tuple[tuple[Point, ...], float]:
    """Places round a middle, evenly filled (Vogel's spiral), and the radius of all."""
    places = tuple(
        (STEP * sqrt(number + 1.5) * cos(number * _GOLDEN), STEP * sqrt(number + 1.5) * sin(number * _GOLDEN))
        for number in range(count)
    )
    return places, STEP * sqrt(count + 1.5)


def rings(radii: Sequence[float], *, middle: float = 0.0) -> tuple[tuple[Point, ...], float]:
    """Centres of circles on rings round something of the radius `middle`, the widest inside, and the radius of all.

    Without a middle the widest stands there itself.
    """
    places: list[Point] = [(0.0, 0.0)] * len(radii)
    waiting = sorted(range(len(radii)), key=lambda number: -radii[number])
    inner = middle
    if not middle and waiting:
        inner = radii[waiting.pop(0)]
    while waiting:
        widest = radii[waiting[0]]
        distance = inner + GAP + widest
        # Half the angle that each needs: neighbours then stand at least their radii and the gap apart.
        halves = [asin(min(1.0, (radii[number] + GAP / 2) / distance)) for number in waiting]
        count = max(1, bisect_right(list(accumulate(2 * half for half in halves)), 2 * pi))
        spare = (2 * pi - 2 * sum(halves[:count])) / count
        turned = -pi / 2
        for number, half in zip(waiting[:count], halves, strict=False):
            turned += half + spare / 2
            places[number] = (distance * cos(turned), distance * sin(turned))
            turned += half + spare / 2
        waiting, inner = waiting[count:], distance + widest
    return tuple(places), inner
