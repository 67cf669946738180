"""The plan as one HTML page for people who decide: no network, no script, ready for print and for a phone.

``render(plan)`` gives the whole page as text. It stands alone: the style is inside, the map is inline SVG, and a
Content-Security-Policy in its head forbids everything else. Whatever comes from evidence is escaped, its hidden
characters are named, and no URL from evidence becomes a link.
"""

from comity.plan.model import Plan


def render(plan: Plan, *, direction: str = "ltr") -> str:
    """The report of a plan as one HTML page; ``direction`` is ``rtl`` where the reader's script runs that way."""
    from comity.plan.report.page import page

    return page(plan, direction=direction)


__all__ = ["render"]
