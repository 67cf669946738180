"""What a process that answers pages reads before its first answer, so that nobody waits for it."""

import gc
from pathlib import Path

from django.template import engines
from django.urls import get_resolver
from django.utils import timezone

from comity.law.clock import day_kind
from comity.node.lawdata import registry

TEMPLATES = Path(__file__).parents[1]
"""Below it lie the templates of all apps of the node."""


def warm() -> None:
    """The law, the addresses, the templates, and the holidays of the states whose law is known."""
    _ = get_resolver().url_patterns
    today = timezone.localdate()
    for state in registry().states:
        day_kind(state, today)
    for path in TEMPLATES.glob("**/templates/**/*.html"):
        engines["django"].get_template(path.as_posix().rpartition("/templates/")[2])
    # What was read stays for good: a full collection that walks through all of it makes whoever waits, wait longer.
    gc.collect()
    gc.freeze()
