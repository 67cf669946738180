"""The first run of a node, and each start after: folder, settings, database, the first administrator."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from comity.node.config import CONFIG_FILE, describe


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """What a start has made."""

    first: bool
    """The database was made."""
    administrator: str = ""
    """User name of the administrator that was made; empty: there is one."""
    password: str = ""
    """Shown this once."""
    backup: Path | None = None
    """Made before the database was changed to this version."""


DEMO = "\ndemo = true\nsecond_factor = false\n"
"""Settings of a node to look at: its people sign in with the passwords that are printed."""


def prepare(data: Path, *, demo: bool = False) -> None:
    """Make the folder and the commented file of settings; nothing that is there is touched."""
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = data / CONFIG_FILE
    if not path.exists():
        path.write_text(describe() + (DEMO if demo else ""), encoding="utf-8")
        path.chmod(0o600)


def open_node(data: Path) -> None:
    """Let Django work on the node in `data`; for a process that does nothing else."""
    import django

    os.environ["COMITY_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.node.settings")
    django.setup()


def start(data: Path, *, administrator: bool) -> Started:
    """Bring the database to this version, after a backup where it holds something; `administrator`: make the first."""
    open_node(data)
    first, backup = _migrate(data)
    name, password = _administrator() if administrator else ("", "")
    return Started(first=first, administrator=name, password=password, backup=backup)


def _migrate(data: Path) -> tuple[bool, Path | None]:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from comity.node.running.backup import write_backup

    executor = MigrationExecutor(connection)
    first = not executor.loader.applied_migrations
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    backup = None
    if plan and not first:
        backup = data / "backups" / f"before-{len(executor.loader.applied_migrations)}.tar"
        if not backup.exists():
            backup.parent.mkdir(exist_ok=True, mode=0o700)
            write_backup(backup)
    if plan:
        call_command("migrate", verbosity=0, interactive=False)
    return first, backup


def _administrator() -> tuple[str, str]:
    """Name and password of the administrator that was made; empty where there is one."""
    from django.db import transaction

    from comity.node.audit.actions import enter
    from comity.node.people.models import RoleGrant, User
    from comity.node.people.roles import Role

    if RoleGrant.objects.filter(role=Role.ADMINISTRATOR, ends_at=None, user__is_active=True).exists():
        return "", ""
    password = secrets.token_urlsafe(12)
    with transaction.atomic():
        user = User.objects.create_user(
            username=f"admin{User.objects.count() or ''}",
            email=f"admin{User.objects.count() or ''}@localhost",
            password=password,
            name="Administrator",
        )
        RoleGrant.objects.create(user=user, role=Role.ADMINISTRATOR)
        enter(None, "node.make_administrator", subject=user.username)
    return user.username, password
