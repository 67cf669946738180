"""Custody as a state machine: whatever people try, an item has one holder, and the log says who."""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule
from tests.samples.custody import NOW, SIGNER, draft, new_log, nonces

from comity.evidence.custody import Act, Item, Party, Status, Verdict, check_log, open_log
from comity.evidence.errors import ActRefusedError

PEOPLE = tuple(
    Party(name=name, role="custodian", agency=agency)
    for name, agency in (("Rao", "Pune"), ("Desai", "Pune"), ("Weber", "Berlin"))
)
people = st.sampled_from(PEOPLE)


class Custody(RuleBasedStateMachine):
    """A log beside the simplest model of it: who has each item, or to whom it is on its way."""

    items = Bundle("items")

    @initialize()
    def begin(self) -> None:
        self.scratch = Path(tempfile.mkdtemp())
        self.log = new_log(self.scratch / "log")
        self.where: dict[str, tuple[Party, Party | None]] = {}
        self.gone: set[str] = set()
        self.now = NOW
        self.entries = 0

    def enter(self, act: Act, item: str, by: Party, **other: object) -> bool:
        """Try an act; True where the log took it."""
        self.now += timedelta(minutes=1)
        facts = {"items": (Item(id=item, source=str(other.pop("source", ""))),), "at": self.now, "by": by, **other}
        try:
            self.log.append([draft(act, **facts)], recorded_at=self.now, random_bytes=nonces)  # type: ignore[arg-type]
        except ActRefusedError:
            return False
        self.entries += 1
        return True

    @rule(target=items, by=people, number=st.integers(0, 3))
    def collect(self, by: Party, number: int) -> str:
        item = f"EX-{number}"
        free = item not in self.where and item not in self.gone
        assert self.enter(Act.COLLECTED, item, by) == free
        if free:
            self.where[item] = (by, None)
        return item

    @rule(item=items, by=people)
    def examine(self, item: str, by: Party) -> None:
        assert self.enter(Act.EXAMINED, item, by) == self.holds(by, item)

    @rule(target=items, item=items, by=people, number=st.integers(4, 6))
    def copy(self, item: str, by: Party, number: int) -> str:
        made = f"EX-{number}"
        can = self.holds(by, item) and made not in self.where and made not in self.gone
        assert self.enter(Act.COPIED, made, by, source=item) == can
        if can:
            self.where[made] = (by, None)
        return made

    @rule(item=items, by=people, to=people)
    def transfer(self, item: str, by: Party, to: Party) -> None:
        can = self.holds(by, item)
        assert self.enter(Act.TRANSFERRED, item, by, given_to=to) == can
        if can:
            self.where[item] = (by, to)

    @rule(item=items, by=people, giver=people)
    def receive(self, item: str, by: Party, giver: Party) -> None:
        before, awaited = self.where.get(item, (None, None))
        new = item not in self.where and item not in self.gone
        taken = awaited is not None and by == awaited and giver == before
        back = (
            awaited is not None
            and before is not None
            and giver == awaited
            and (by == before or awaited.agency != before.agency)
        )
        can = new or taken or back
        assert self.enter(Act.RECEIVED, item, by, given_by=giver) == can
        if can:
            self.where[item] = (by, None)

    @rule(item=consumes(items), by=people)
    def destroy(self, item: str, by: Party) -> None:
        can = self.holds(by, item)
        assert self.enter(Act.DESTROYED, item, by) == can
        if can:
            del self.where[item]
            self.gone.add(item)

    def holds(self, by: Party, item: str) -> bool:
        return self.where.get(item) == (by, None)

    @invariant()
    def the_log_says_who_holds_what(self) -> None:
        if not hasattr(self, "log"):
            return
        assert self.log.size == self.entries
        for item, holding in self.log.holdings([*self.where, *self.gone]).items():
            if item in self.gone:
                assert holding.status is Status.DESTROYED
                continue
            holder, awaited = self.where[item]
            assert (holding.holder, holding.awaited) == (holder.key, awaited.key if awaited else None)

    def teardown(self) -> None:
        if not hasattr(self, "log"):
            return
        if self.entries:
            self.log.sign([SIGNER], at=self.now)
        self.log.close()
        report = check_log(self.scratch / "log", keys=[SIGNER.key], now=self.now)
        assert report.verdict is Verdict.PASSED, report.findings
        (self.scratch / "log" / "items.sqlite").unlink(missing_ok=True)
        again = open_log(self.scratch / "log")
        assert len(again.items()) == len(self.where) + len(self.gone)  # the index made anew says the same
        again.close()
        shutil.rmtree(self.scratch)


TestCustody = Custody.TestCase
TestCustody.settings = settings(
    max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
