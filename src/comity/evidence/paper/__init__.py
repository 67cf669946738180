"""A verification on paper: a PDF that a court can read, with the commands by which a stranger repeats each check.

::

    seen = []
    see = lambda inventory, report: seen.append(read_contents(inventory, files_max=FILES_MAX))
    report = verify_file(source, identities, trust, now=now, subject="package.age", see=see)
    pdf = write_paper(report, seen[0], trust, Examination(file="package.age", …))

It is PDF/A-3 and PDF/UA-1, made from the same bytes every time, with the report as JSON attached.
"""

import msgspec

from comity.evidence.package import PackageReport, Trust
from comity.evidence.package.contents import Contents, read_contents
from comity.evidence.paper.page import Examination, page
from comity.evidence.paper.setting import PaperError, set_report

FILES_MAX = 1_000
"""How many files the report lists by name; its lists of digests, which it names, hold all."""


def write_paper(report: PackageReport, contents: Contents | None, trust: Trust, examination: Examination) -> bytes:
    """The report as PDF; `contents` None: nothing could be read."""
    attached = msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"
    return set_report(page(report, contents, trust, examination), attached, made_at=report.verified_at)


__all__ = ["FILES_MAX", "Examination", "PaperError", "read_contents", "write_paper"]
