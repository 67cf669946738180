"""`comity letter`: letters as files, translated, signed and verified, read when they arrive, checked and answered."""

import click

from comity.cli.lazy import lazy_group

_COMMANDS = {
    "answer": "comity.cli.letteranswer:answer",
    "check": "comity.cli.letterread:check",
    "enclose": "comity.cli.lettersign:enclose",
    "read": "comity.cli.letterread:read",
    "sign": "comity.cli.lettersign:sign",
    "verify": "comity.cli.letterverify:verify",
    "write": "comity.cli.letterwrite:write",
    "xliff": "comity.cli.letterxliff:xliff",
}


@click.group(cls=lazy_group(_COMMANDS))
def letter() -> None:
    """Letters as files: to translators and back, signed, verified, read when they arrive, checked, answered."""
