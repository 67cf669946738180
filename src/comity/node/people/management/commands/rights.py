"""``python -m comity.node rights``: docs/rights.md, as the rights and addresses stand."""

from django.core.management.base import BaseCommand

from comity.node.doors import addresses, to_markdown


class Command(BaseCommand):
    """Print the page of who may do what."""

    help = __doc__

    def handle(self, *args: object, **options: object) -> None:
        """Print it."""
        self.stdout.write(to_markdown(addresses()), ending="")
