"""The database itself refuses to change or delete what happened to a request."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_SQLITE = """CREATE TRIGGER requests_event_{act}_refused BEFORE {act} ON requests_event
BEGIN SELECT RAISE(ABORT, 'what happened is append-only'); END"""
_FUNCTION = """CREATE FUNCTION requests_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'what happened is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$"""
_POSTGRES = """CREATE TRIGGER requests_event_refused BEFORE UPDATE OR DELETE OR TRUNCATE ON requests_event
FOR EACH STATEMENT EXECUTE FUNCTION requests_event_refuse()"""


def guard(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Lay the triggers."""
    if editor.connection.vendor == "postgresql":
        editor.execute(_FUNCTION)
        editor.execute(_POSTGRES)
    else:
        for act in ("UPDATE", "DELETE"):
            editor.execute(_SQLITE.format(act=act))


class Migration(migrations.Migration):
    dependencies = [("requests", "0002_telling")]
    operations = [migrations.RunPython(guard, elidable=False)]
