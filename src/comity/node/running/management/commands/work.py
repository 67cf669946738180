"""``python -m comity.node work``: the worker alone, as `comity serve` runs it beside the web."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from comity.node.running.worker import work


class Command(BaseCommand):
    """Run what waits."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """``--batch``: until the queue is empty."""
        parser.add_argument("--batch", action="store_true")

    def handle(self, *args: object, batch: bool = False, **options: object) -> None:
        """Work."""
        work(batch=batch)
