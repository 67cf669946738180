"""The database itself refuses to change or delete the history, confirmations and test calls of the directory."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("directory_version", "directory_confirmation", "directory_call")
_SQLITE = """CREATE TRIGGER {table}_{act}_refused BEFORE {act} ON {table}
BEGIN SELECT RAISE(ABORT, 'the history of the directory is append-only'); END"""
_FUNCTION = """CREATE FUNCTION directory_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the history of the directory is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$"""
_POSTGRES = """CREATE TRIGGER {table}_refused BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION directory_refuse()"""


def guard(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Lay the triggers."""
    if editor.connection.vendor == "postgresql":
        editor.execute(_FUNCTION)
        for table in TABLES:
            editor.execute(_POSTGRES.format(table=table))
    else:
        for table in TABLES:
            for act in ("UPDATE", "DELETE"):
                editor.execute(_SQLITE.format(table=table, act=act))


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial")]
    operations = [migrations.RunPython(guard, elidable=False)]
