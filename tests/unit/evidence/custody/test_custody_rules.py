"""What custody allows: who may do what with an item, by what was done before."""

from datetime import timedelta
from typing import Any

import pytest
from tests.samples.custody import DESAI, RAO, WEBER, at, digest, draft

from comity.evidence.custody import Act, Draft, Item, Party
from comity.evidence.custody.holding import Holding, Status, hold
from comity.evidence.custody.rules import object_to

CLOCK = timedelta(minutes=2)
LINKED = Item(id="EX-1", previous=0)


def after(*drafts: Draft) -> dict[str, Holding]:
    """Holdings after some acts, which were all allowed."""
    holdings: dict[str, Holding] = {}
    for number, one in enumerate(drafts):
        assert codes(one, holdings) == []
        for item in one.items:
            holdings[item.id] = hold(one, item, holdings.get(item.id), number=number)
    return holdings


def codes(one: Draft, holdings: dict[str, Holding]) -> list[str]:
    return [objection.code for objection in object_to(one, holdings, tolerance=CLOCK)]


GIVEN = (draft(), draft(Act.TRANSFERRED, (LINKED,), given_to=DESAI))
ABROAD = (draft(), draft(Act.TRANSFERRED, (LINKED,), given_to=WEBER))
TWO = Item(id="EX-1", previous=1)


@pytest.mark.parametrize(
    ("before", "one", "code"),
    [
        ((), draft(Act.EXAMINED), "item-unknown"),
        ((), draft(Act.COLLECTED, (LINKED,)), "item-chain-broken"),
        ((), draft(by=Party(name="X")), "role-missing"),
        ((), draft(Act.RECEIVED), "giver-missing"),
        ((), draft(items=("A", "B", "A")), "item-repeated"),
        ((draft(),), draft(Act.COLLECTED, (LINKED,)), "item-collected-twice"),
        ((draft(),), draft(Act.EXAMINED, (LINKED,), by=DESAI), "not-the-holder"),
        ((draft(),), draft(Act.EXAMINED), "item-chain-broken"),
        ((draft(),), draft(Act.EXAMINED, (LINKED,), at=at(-3)), "act-back-dated"),
        ((draft(),), draft(Act.TRANSFERRED, (LINKED,)), "receiver-missing"),
        ((draft(),), draft(Act.RECEIVED, (LINKED,), by=DESAI, given_by=RAO), "item-not-given"),
        (GIVEN, draft(Act.EXAMINED, (TWO,)), "item-in-transit"),
        (GIVEN, draft(Act.RECEIVED, (TWO,), by=WEBER, given_by=RAO), "not-the-addressee"),
        (GIVEN, draft(Act.RECEIVED, (TWO,), by=DESAI, given_by=WEBER), "not-the-addressee"),
        (GIVEN, draft(Act.RECEIVED, (TWO,), by=WEBER, given_by=DESAI), "not-the-addressee"),
        ((draft(), draft(Act.DESTROYED, (LINKED,))), draft(Act.COLLECTED, (TWO,)), "item-destroyed"),
        ((draft(), draft(Act.RETURNED, (LINKED,), given_to=DESAI)), draft(Act.EXAMINED, (TWO,)), "item-returned"),
        ((draft(), draft(Act.RELEASED, (LINKED,), given_to=DESAI)), draft(Act.COPIED, (TWO,)), "item-released"),
        ((draft(),), draft(Act.EXAMINED, (Item(id="EX-2", source="EX-1"),)), "source-misplaced"),
        ((draft(),), draft(Act.COPIED, (Item(id="EX-1", source="EX-1"),)), "item-known"),
        ((), draft(Act.COPIED, (Item(id="EX-2", source="EX-1"),)), "source-not-held"),
        ((draft(),), draft(Act.COPIED, (Item(id="EX-2", source="EX-1"),), by=DESAI), "source-not-held"),
        (GIVEN, draft(Act.COPIED, (Item(id="EX-2", source="EX-1"),)), "source-not-held"),
        ((draft(),), draft(Act.COPIED, (Item(id="EX-2", source="EX-1", previous=0),)), "item-chain-broken"),
    ],
)
def test_refused(before: tuple[Draft, ...], one: Draft, code: str) -> None:
    assert code in codes(one, after(*before))


@pytest.mark.parametrize(
    ("before", "one", "status"),
    [
        ((), draft(Act.RECEIVED, given_by=WEBER), Status.HELD),
        ((draft(),), draft(Act.EXAMINED, (LINKED,), at=at(-1)), Status.HELD),
        ((draft(),), draft(Act.TRANSFERRED, (LINKED,), given_to=DESAI), Status.IN_TRANSIT),
        (GIVEN, draft(Act.RECEIVED, (TWO,), by=DESAI, given_by=RAO), Status.HELD),
        (GIVEN, draft(Act.RECEIVED, (TWO,), by=RAO, given_by=DESAI), Status.HELD),  # given back unopened
        (ABROAD, draft(Act.RECEIVED, (TWO,), by=DESAI, given_by=WEBER), Status.HELD),  # came back to a colleague
        ((draft(),), draft(Act.DESTROYED, (LINKED,)), Status.DESTROYED),
        (
            (draft(), draft(Act.RETURNED, (LINKED,), given_to=DESAI)),
            draft(Act.COLLECTED, (TWO,)),
            Status.HELD,
        ),  # seized again
    ],
)
def test_allowed(before: tuple[Draft, ...], one: Draft, status: Status) -> None:
    holdings = after(*before)
    assert codes(one, holdings) == []
    assert hold(one, one.items[0], holdings.get("EX-1"), number=9).status is status


@pytest.mark.parametrize("name", ["sha256", "sha512"])
def test_the_same_data(name: str) -> None:
    long = 64 if name == "sha256" else 128
    first: dict[str, Any] = {name: "a" * long}
    other: dict[str, Any] = {name: "b" * long}
    holdings = after(draft(items=(Item(id="EX-1", **first),)))
    assert codes(draft(Act.EXAMINED, (Item(id="EX-1", previous=0, **other),)), holdings) == ["item-digest-changed"]
    assert codes(draft(Act.EXAMINED, (LINKED,)), holdings) == []
    assert getattr(hold(draft(Act.EXAMINED, (LINKED,)), LINKED, holdings["EX-1"], number=1), name) == "a" * long


def test_a_copy_is_an_item_of_its_own() -> None:
    holdings = after(draft(), draft(Act.COPIED, (Item(id="EX-2", source="EX-1", sha256=digest("image")),)))
    assert (holdings["EX-2"].status, holdings["EX-2"].holder) == (Status.HELD, RAO.key)
    assert holdings["EX-1"].last == 0
