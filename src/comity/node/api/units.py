"""Operations on units: the tree of the agency."""

from typing import Annotated, Any

from ninja import Field, Router, Schema, Status

from comity.node.api.fields import Number
from comity.node.api.rules import Call, holding
from comity.node.errors import HiddenError, InvalidError
from comity.node.people.actions.units import change_unit, make_unit
from comity.node.people.models import Unit
from comity.node.people.reads import unit_tree
from comity.node.people.roles import Right

router = Router(tags=["people"])


class UnitOut(Schema):
    """A part of the agency."""

    id: int
    name: str
    above_id: int | None


class UnitRow(UnitOut):
    """A unit in the tree."""

    level: int
    """0: at the top."""


class UnitIn(Schema):
    """Name and place of a unit."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    above_id: Number | None = None
    """None: at the top."""


@router.get("", response=list[UnitRow], operation_id="list_units")
@holding(Right.PEOPLE_MANAGE)
def list_units(request: Call) -> list[dict[str, Any]]:
    """Every unit from the top; each stands after the one above it."""
    return [
        {"id": unit.pk, "name": unit.name, "above_id": unit.above_id, "level": level} for level, unit in unit_tree()
    ]


@router.post("", response={201: UnitOut}, operation_id="make_unit")
@holding(Right.PEOPLE_MANAGE, presence=True)
def new_unit(request: Call, new: UnitIn) -> Status[Unit]:
    """Make a unit, under another one or at the top."""
    above = unit_of(new.above_id, field="above_id")
    return Status(201, make_unit(request.user, name=new.name, above=above))


@router.post("/{unit_id}", response=UnitOut, operation_id="change_unit")
@holding(Right.PEOPLE_MANAGE, presence=True)
def rename_unit(request: Call, unit_id: Number, new: UnitIn) -> Unit:
    """Rename a unit, or move it under another one."""
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        raise HiddenError
    return change_unit(request.user, unit=unit, name=new.name, above=unit_of(new.above_id, field="above_id"))


def unit_of(unit_id: int | None, *, field: str) -> Unit | None:
    """The unit that a call names in `field`; InvalidError where there is none."""
    if unit_id is None:
        return None
    found = Unit.objects.filter(pk=unit_id).first()
    if found is None:
        raise InvalidError({field: "there is no such unit"})
    return found
