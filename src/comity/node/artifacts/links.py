"""Files of a case in a folder, under their own names, for what reads folders."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from comity.node.artifacts.models import Artifact
from comity.node.artifacts.names import free_name


@contextmanager
def linked(artifacts: Iterable[Artifact], *, beside: tuple[str, ...] = ()) -> Iterator[Path]:
    """A folder of links to the files, gone afterwards; `beside`: names that are kept free for something else."""
    work = Path(settings.DATA) / "work"
    work.mkdir(exist_ok=True, mode=0o700)
    folder = Path(tempfile.mkdtemp(dir=work))
    try:
        taken = {name.casefold() for name in beside}
        for artifact in artifacts:
            os.link(artifact.path, folder / free_name(artifact.name, artifact.pk, taken))
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
