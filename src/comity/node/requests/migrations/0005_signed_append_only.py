"""The database itself refuses to change or delete what was signed and what went out."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_TABLES = ("requests_signedletter", "requests_dispatch")
_SQLITE = """CREATE TRIGGER {table}_{act}_refused BEFORE {act} ON {table}
BEGIN SELECT RAISE(ABORT, 'what happened is append-only'); END"""
_POSTGRES = """CREATE TRIGGER {table}_refused BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION requests_event_refuse()"""


def guard(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Lay the triggers; the function is that of the events."""
    for table in _TABLES:
        if editor.connection.vendor == "postgresql":
            editor.execute(_POSTGRES.format(table=table))
        else:
            for act in ("UPDATE", "DELETE"):
                editor.execute(_SQLITE.format(table=table, act=act))


class Migration(migrations.Migration):
    dependencies = [("requests", "0004_signed_letters")]
    operations = [migrations.RunPython(guard, elidable=False)]
