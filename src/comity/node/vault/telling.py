"""How far the work on a package is, written down once in a while."""

import time
from collections.abc import Callable

from django.utils import timezone

from comity.node.vault.models import Package

SIGN_EVERY_S = 1.0


def telling(package: Package) -> Callable[[int, int], None]:
    """Writes down how far the work is, once in a while."""
    last = 0.0

    def progress(_files: int, size_bytes: int) -> None:
        nonlocal last
        if time.monotonic() - last > SIGN_EVERY_S:
            last = time.monotonic()
            Package.objects.filter(pk=package.pk).update(beat_at=timezone.now(), read_bytes=size_bytes)

    return progress
