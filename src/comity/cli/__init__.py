"""Comity in a terminal. Commands are loaded only when they are called, so that each starts fast."""

import os
import sys

import click

from comity.cli.charset import make_writable
from comity.cli.lazy import lazy_group
from comity.errors import ComityError

_COMMANDS = {
    "audit": "comity.cli.node.audit:audit",
    "backup": "comity.cli.serve:backup",
    "custody": "comity.cli.custody:custody",
    "docket": "comity.cli.docket.group:docket",
    "doctor": "comity.cli.serve:doctor",
    "draft": "comity.cli.draft:draft",
    "evidence": "comity.cli.evidence:evidence",
    "key": "comity.cli.key:key",
    "law": "comity.cli.law:law",
    "letter": "comity.cli.letter:letter",
    "leads": "comity.cli.leads:leads",
    "new": "comity.cli.plan:new",
    "plan": "comity.cli.plan:plan",
    "routes": "comity.cli.routes:routes",
    "restore": "comity.cli.serve:restore",
    "seal": "comity.cli.seal:seal",
    "serve": "comity.cli.serve:serve",
    "unseal": "comity.cli.unseal:unseal",
    "verify": "comity.cli.verify:verify",
}


@click.command(cls=lazy_group(_COMMANDS), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="comity", prog_name="comity")
def comity() -> None:
    """From evidence of a cybercrime to a lawful cross-border request."""


def main() -> None:
    """Run the command line; whatever is wrong with the input, or the disk, becomes one line and exit status 2."""
    make_writable()
    try:
        status = comity.main(prog_name="comity", standalone_mode=False)
        sys.stdout.flush()
        sys.exit(status if isinstance(status, int) else 0)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as error:
        _fail(error.format_message(), error.exit_code)
    except ComityError as error:
        _fail(str(error), 2)
    except BrokenPipeError:
        # The reader (`head`, a pager) has seen enough; nothing more can be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        _fail(f"{error.filename or 'file'}: {error.strerror or error}", 2)


def _fail(message: str, status: int) -> None:
    click.echo(f"comity: {message}", err=True)
    sys.exit(status)


__all__ = ["main"]
