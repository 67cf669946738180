"""``python -m comity.node check_trail``: is the audit trail in the database as it was entered?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from comity.node.audit.check import check_trail


class Command(BaseCommand):
    """Compare entries, tree, signed heads, and what is searched by."""

    help = "Check the audit trail in the database, and name every entry that is not as it was entered."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what is wrong; the exit status tells it too."""
        report = check_trail()
        for finding in report.findings:
            self.stderr.write(f"{finding.verdict}: {finding.message}")
        if report.findings:
            raise CommandError(f"{report.log}: {len(report.findings)} finding(s) in {report.size} entries")
        self.stdout.write(f"{report.log}: {report.size} entries are as they were entered")
