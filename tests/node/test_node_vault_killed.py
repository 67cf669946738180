"""Workers that are killed half-way: what they had begun is done by the next, and custody holds."""

import os
import signal
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from tests.node.test_node_vault import Desk, data, desk, terminal, theirs
from tests.node.test_node_vault_keeping import LIMITS, Came

from comity.node.vault import removing, unpacking
from comity.node.vault.keeping import ask_removal, confirm_removal
from comity.node.vault.models import Opening, Origin, Removal

__all__ = ["data", "desk", "theirs"]
pytestmark = pytest.mark.django_db(transaction=True)


def killed_after(seconds: float, work: Callable[[], None]) -> bool:
    """Do the work in a process of its own that is killed after a while; True where it came to its end before."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            work()
            os._exit(0)
        finally:  # only what broke comes here
            traceback.print_exc()
            os._exit(1)
    ended = os.waitpid(child, 0)[1]
    assert not os.WIFEXITED(ended) or os.WEXITSTATUS(ended) == 0
    return os.WIFEXITED(ended)


def outlives_kills(work: Callable[[], None], release: Callable[[], None]) -> None:
    """Kill it later and later, a fortieth of a second each time and then half as long again, until it comes to its end:
    how long that takes hangs on the machine."""
    seconds = 0.025
    while not killed_after(seconds, work):
        release()
        seconds = seconds + 0.025 if seconds < 1 else seconds * 1.5
        assert seconds < 120, "it makes no headway"


def test_unpacking_and_deletion_outlive_every_kill(desk: Desk, theirs: Path, tmp_path: Path) -> None:
    came = Came(desk, theirs, tmp_path, *LIMITS, files={f"{number}.txt": f"file {number}" for number in range(40)})
    came.unpack_later()
    outlives_kills(lambda: unpacking.unpack_package.call(came.pk), lambda: unpacking.release(came.pk))
    assert (came.package.opening, came.package.opening_problem) == (Opening.DONE, "")
    assert Origin.objects.filter(ours=False).count() == 40
    paths = [one.artifact.path for one in Origin.objects.select_related("artifact")]
    assert all(path.exists() for path in paths)
    ask_removal(desk.carla, package=came.package, reason="Recall 9/2026")
    removal = confirm_removal(desk.paul, package=came.package)
    outlives_kills(lambda: removing.remove_package.call(removal.pk), lambda: removing.release(removal.pk))
    assert Removal.objects.get().done_at is not None
    assert not any(path.exists() for path in (*paths, came.artifact.path))
    checked = terminal("custody", "check", settings.DATA / "custody", "--identity", settings.DATA / "identity")
    assert checked.exit_code == 0, checked.output
