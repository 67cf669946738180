"""The table in which all processes count failed attempts together."""

from django.apps.registry import Apps
from django.core.management import call_command
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def make_table(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the cache's table where it is not there."""
    call_command("createcachetable", database=editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("people", "0002_sign_in")]
    operations = [migrations.RunPython(make_table, migrations.RunPython.noop, elidable=False)]
