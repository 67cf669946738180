"""Where names stand on the map, so that none covers another."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle in map units."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: "Box") -> bool:
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    @property
    def view(self) -> str:
        return f"{self.x:.0f} {self.y:.0f} {self.width:.0f} {self.height:.0f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A name beside its point."""

    x: float
    y: float
    anchor: str
    box: Box


def place_labels(names: list[str], points: list[tuple[int, int]], *, unit: float, view: Box) -> list[Label]:
    """A place for each name, beside its point. ``unit``: the height of letters."""
    taken = [Box(x=x - unit * 0.6, y=y - unit * 0.6, width=unit * 1.2, height=unit * 1.2) for x, y in points]
    placed = []
    for name, at in zip(names, points, strict=True):
        label = _place_label(name, at, unit=unit, view=view, taken=taken)
        taken.append(label.box)
        placed.append(label)
    return placed


def _place_label(name: str, at: tuple[int, int], *, unit: float, view: Box, taken: list[Box]) -> Label:
    """The first place around a point where a name covers nothing; else the first that is on the map."""
    width, height = len(name) * unit * 0.6, unit * 1.25
    choices = []
    for step in (1.0, 2.1, 3.4):
        choices += [
            (at[0] + unit * 0.9 * step, at[1] + unit * 0.35, "start"),
            (at[0] - unit * 0.9 * step, at[1] + unit * 0.35, "end"),
            (at[0], at[1] + unit * (0.5 + 1.1 * step), "middle"),
            (at[0], at[1] - unit * (0.75 * step), "middle"),
        ]
    labels = [_at(x, y, anchor, width, height) for x, y, anchor in choices]
    inside = [
        label
        for label in labels
        if view.x <= label.box.x
        and label.box.x + width <= view.x + view.width
        and view.y <= label.box.y
        and label.box.y + height <= view.y + view.height
    ]
    free = [label for label in inside if not any(label.box.meets(box) for box in taken)]
    return (free or inside or labels)[0]


def _at(x: float, y: float, anchor: str, width: float, height: float) -> Label:
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    return Label(x=x, y=y, anchor=anchor, box=Box(x=left, y=y - height * 0.8, width=width, height=height))
