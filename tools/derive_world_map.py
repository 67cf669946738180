"""Derive src/comity/law/atlas/data/world.json from Natural Earth, as packed by the npm package world-atlas.

Fetch the source with its registry's own client, then run::

    npm pack world-atlas@2.0.2
    python tools/derive_world_map.py world-atlas-2.0.2.tgz

A file that is not the pinned one is refused. The same input gives the same bytes. Natural Earth is in the public
domain; world-atlas is under the ISC licence. Borders are simplified arc by arc, so that neighbours still share them,
and the projection (Equal Earth: Šavrič, Patterson, Jenny 2018, doi 10.1080/13658816.2018.1504949) is computed here, so
that whoever draws on the map only has to print paths.
"""

import itertools
import json
import math
import sys
import tarfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pycountry

TARGET = Path(__file__).parent.parent / "src/comity/law/atlas/data/world.json"
PINNED = "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97"
MEMBER = "package/countries-50m.json"
WIDTH = 3000
TOLERANCE = 0.9
"""Greatest distance, in map units, by which a simplified border may stray."""
LEAST_AREA = 7.0
"""Rings that enclose less, in square map units, are left out unless they are a state's largest."""
SMALL_AREA = 140.0
"""A state whose largest ring encloses less gets a dot."""
WITHOUT_CODE = {"Kosovo": "XK"}
"""Areas that Natural Earth gives without an ISO 3166 number; XK is the code in common use."""
LEFT_OUT = {"010"}
"""Antarctica: no state's territory in the sense of a request, and a third of the map."""

Point = tuple[float, float]
Ring = list[Point]

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = math.sqrt(3) / 2


def project(longitude: float, latitude: float) -> Point:
    """Equal Earth, in units of the sphere's radius; y grows to the north."""
    angle = math.asin(_M * math.sin(math.radians(latitude)))
    square = angle * angle
    sixth = square**3
    x = math.radians(longitude) * math.cos(angle)
    x /= _M * (_A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square))
    return x, angle * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))


SCALE = WIDTH / 2 / project(180, 0)[0]
TOP = project(0, 84)[1]
HEIGHT = round((TOP - project(0, -56.5)[1]) * SCALE)


def on_map(longitude: float, latitude: float) -> Point:
    x, y = project(longitude, latitude)
    return WIDTH / 2 + x * SCALE, (TOP - y) * SCALE


def arcs_of(topology: dict) -> list[Ring]:
    """Every arc in degrees, decoded from its differences and simplified (TopoJSON 1.0, sections 2.1.2 and 2.1.3)."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in deltas:
            x, y = x + step_x, y + step_y
            points.append((x * kx + dx, y * ky + dy))
        arcs.append(simplify(unwrap(points)))
    return arcs


def unwrap(points: Ring) -> Ring:
    """The same line without jumps across the 180th meridian: longitudes may go past 180 degrees."""
    found = points[:1]
    for longitude, latitude in points[1:]:
        found.append((longitude - 360 * round((longitude - found[-1][0]) / 360), latitude))
    return found


def simplify(points: Ring) -> Ring:
    """Douglas and Peucker 1973, measured on the map; both ends stay. Closed arcs are cut at their farthest point."""
    if len(points) < 3:
        return points
    if points[0] == points[-1]:
        far = max(range(len(points)), key=lambda i: math.dist(points[i], points[0]))
        return simplify(points[: far + 1])[:-1] + simplify(points[far:])
    drawn = [on_map(*point) for point in points]
    keep = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        far, distance = first, 0.0
        for i in range(first + 1, last):
            found = off_line(drawn[i], drawn[first], drawn[last])
            if found > distance:
                far, distance = i, found
        if distance > TOLERANCE:
            keep.add(far)
            spans += [(first, far), (far, last)]
    return [points[i] for i in sorted(keep)]


def off_line(point: Point, start: Point, end: Point) -> float:
    """Distance of a point from a segment."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    at = 0.0 if not length else ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length
    at = min(1.0, max(0.0, at))
    return math.dist(point, (start[0] + at * dx, start[1] + at * dy))


def rings(geometry: dict, arcs: list[Ring]) -> Iterator[Ring]:
    """The rings of a state, cut along the 180th meridian and projected."""
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    for polygon in polygons:
        for indexes in polygon:
            ring: Ring = []
            for index in indexes:
                part = arcs[index] if index >= 0 else arcs[~index][::-1]
                ring = unwrap(ring + part[1:] if ring else part)
            for turn in (-360, 0, 360):
                cut = cut_at(cut_at([(x - turn, y) for x, y in ring], edge=180, side=1), edge=-180, side=-1)
                if cut:
                    drawn = [on_map(*point) for point in cut]
                    yield drawn if drawn[0] == drawn[-1] else [*drawn, drawn[0]]


def cut_at(ring: Ring, *, edge: float, side: int) -> Ring:
    """What of a ring lies on the near side of a meridian (Sutherland and Hodgman 1974)."""
    found: Ring = []
    for a, b in itertools.pairwise(ring):
        a_in, b_in = (edge - a[0]) * side >= 0, (edge - b[0]) * side >= 0
        if a_in:
            found.append(a)
        if a_in != b_in:
            found.append((edge, a[1] + (b[1] - a[1]) * (edge - a[0]) / (b[0] - a[0])))
    return found


def area(ring: Ring) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def path_of(found: list[Ring]) -> str:
    """An SVG path with relative whole-number steps."""
    parts = []
    for ring in found:
        points = [(round(x), round(y)) for x, y in ring[:-1]]
        points = [p for i, p in enumerate(points) if i == 0 or p != points[i - 1]]
        if len(points) < 3:
            continue
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(points)]
        line = " ".join(f"{x} {y}" for x, y in steps).replace(" -", "-")
        parts.append(f"M{points[0][0]} {points[0][1]}l{line}z")
    return "".join(parts)


def anchor(ring: Ring) -> Point:
    """A point well inside: of a grid over the ring the one farthest from its border, else the middle."""
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    middle = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    best, depth = middle, 0.0
    for i in range(1, 24):
        for j in range(1, 24):
            at = (min(xs) + (max(xs) - min(xs)) * i / 24, min(ys) + (max(ys) - min(ys)) * j / 24)
            if not inside(at, ring):
                continue
            found = min(off_line(at, a, b) for a, b in itertools.pairwise(ring))
            if found > depth:
                best, depth = at, found
    return best


def inside(at: Point, ring: Ring) -> bool:
    crossings = 0
    for a, b in itertools.pairwise(ring):
        if (a[1] > at[1]) != (b[1] > at[1]):
            crossings += at[0] < (b[0] - a[0]) * (at[1] - a[1]) / (b[1] - a[1]) + a[0]
    return crossings % 2 == 1


def code_of(geometry: dict) -> str:
    number = geometry.get("id")
    found = pycountry.countries.get(numeric=number) if number else None
    return found.alpha_2 if found else WITHOUT_CODE.get(geometry["properties"]["name"], "")


def derive(topology: dict) -> dict:
    arcs = arcs_of(topology)
    states, other = {}, []
    for geometry in topology["objects"]["countries"]["geometries"]:
        if geometry.get("id") in LEFT_OUT:
            continue
        found = sorted(rings(geometry, arcs), key=area, reverse=True)
        kept = [found[0], *(ring for ring in found[1:] if area(ring) >= LEAST_AREA)]
        code = code_of(geometry)
        if not code:
            other += kept
            continue
        x, y = anchor(found[0])
        row = {"path": path_of(kept), "x": round(x), "y": round(y), "small": area(found[0]) < SMALL_AREA}
        if code not in states:  # Australia's island territories come under its own code, after it
            states[code] = row
    return {
        "source": "Natural Earth 1:50m, world-atlas 2.0.2, simplified; Equal Earth projection",
        "licence": "public domain (Natural Earth); ISC (world-atlas)",
        "width": WIDTH,
        "height": HEIGHT,
        "states": dict(sorted(states.items())),
        "other": path_of(other),
    }


def main(package: Path) -> None:
    found = sha256(package.read_bytes()).hexdigest()
    if found != PINNED:
        sys.exit(f"{package}: SHA-256 {found} is not the pinned {PINNED}; fetch the pinned version")
    with tarfile.open(package) as archive:
        member = archive.extractfile(MEMBER)
        assert member is not None
        topology = json.load(member)
    text = json.dumps(derive(topology), ensure_ascii=True, separators=(",", ":")).replace("},", "},\n")
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(text + "\n", encoding="ascii")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
