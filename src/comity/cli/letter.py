"""`comity letter`: letters as files, signed and verified, read when they arrive, checked and answered."""

import click

from comity.cli.lazy import lazy_group

_COMMANDS = {
    "answer": "comity.cli.letteranswer:answer",
    "check": "comity.cli.letterread:check",
    "enclose": "comity.cli.lettersign:enclose",
    "read": "comity.cli.letterread:read",
    "sign": "comity.cli.lettersign:sign",
    "verify": "comity.cli.letterverify:verify",
}


@click.group(cls=lazy_group(_COMMANDS))
def letter() -> None:
    """Letters as files: sign, verify, read what arrives, check it as the requested side, answer it."""
