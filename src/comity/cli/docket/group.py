"""The commands of `comity docket`."""

import click

from comity.cli.lazy import lazy_group

_COMMANDS = {
    "act": "comity.cli.docket.act:act",
    "feed": "comity.cli.docket.lists:feed",
    "list": "comity.cli.docket.lists:list_command",
    "open": "comity.cli.docket.open:open_command",
    "show": "comity.cli.docket.show:show",
}


@click.group(cls=lazy_group(_COMMANDS))
def docket() -> None:
    """Requests and what became of them: where each stands, what is owed by when, what to do next.

    A docket is one file, BOOK, that is only added to: a request is opened from its letter, and what happens to it is
    entered as it is learnt. State and dates are computed from that.
    """
