"""Figures are counted at night; counting twice gives the same."""

from django.utils import timezone
from django_tasks import task

from comity.node.oversight.actions.figures import make_all


@task()
def make_figures() -> int:
    """Count all reports anew."""
    return make_all(timezone.now())
