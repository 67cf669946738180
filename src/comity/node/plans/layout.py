"""Where the things of a picture stand: around who keeps them, those around their state, and the states on a ring.

Worked out here and not by forces in the browser: the same plan gives the same picture, and a thousand things cost
nothing to draw.
"""

from collections.abc import Sequence
from math import cos, pi, sin, sqrt

Point = tuple[float, float]
STEP = 26.0
"""How far two things of one holder stand apart, in units of the picture."""
GAP = 60.0
"""Between what belongs to one holder or state and what belongs to the next."""
_GOLDEN = pi * (3 - sqrt(5))


def around(count: int) -> tuple[tuple[Point, ...], float]:
    """Places round a middle, evenly filled (Vogel's spiral), and the radius of all."""
    places = tuple(
        (STEP * sqrt(number + 1.5) * cos(number * _GOLDEN), STEP * sqrt(number + 1.5) * sin(number * _GOLDEN))
        for number in range(count)
    )
    return places, STEP * sqrt(count + 1.5)


def ring(radii: Sequence[float], *, middle: float = 0.0) -> tuple[tuple[Point, ...], float]:
    """Centres of circles side by side on a ring round something of the radius `middle`, and the radius of all."""
    if len(radii) == 1 and not middle:
        return ((0.0, 0.0),), radii[0]
    widths = [2 * radius + GAP for radius in radii]
    widest = max(radii, default=0.0)
    distance = max(sum(widths) / (2 * pi), middle + widest + GAP)
    if len(radii) > 1:
        # Two that are as wide as the ring would overlap on it: chords are shorter than arcs.
        distance = max(distance, (widest + GAP / 2) / sin(pi / len(radii)))
    whole = sum(widths) or 1.0
    places, turned = [], 0.0
    for width in widths:
        angle = 2 * pi * (turned + width / 2) / whole - pi / 2
        places.append((distance * cos(angle), distance * sin(angle)))
        turned += width
    return tuple(places), distance + widest
