"""Other names of the bytes of a file: who is at work on it now has one, and so may a run that was killed."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from comity.node.artifacts.models import Upload

NOBODY_WORKS_SO_LONG = timedelta(days=1)


def is_shared(path: Path) -> bool:
    """True where somebody is at work on the bytes; names that a killed run left are taken away first."""
    if path.exists() and path.stat().st_nlink > 1:
        for one in _left(path):
            one.unlink(missing_ok=True)
    return path.exists() and path.stat().st_nlink > 1


def _left(path: Path) -> Iterator[Path]:
    """Names in folders of passing things, of an upload that is over or of work that nobody is at any more."""
    old = (timezone.now() - NOBODY_WORKS_SO_LONG).timestamp()
    for one in (Path(settings.DATA) / "incoming").glob("*"):
        if one.samefile(path) and not Upload.objects.filter(pk=one.name).exists():
            yield one
    for one in (Path(settings.DATA) / "work").glob("*/*"):
        if one.parent.stat().st_mtime < old and one.is_file() and one.samefile(path):
            yield one
