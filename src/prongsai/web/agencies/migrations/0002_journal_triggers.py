"""The database itself refuses to change the journal."""

from django.db import migrations

from prongsai.web.agencies import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection)


def remove(apps, schema_editor):
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("agencies", "0001_first")]
    operations = [migrations.RunPython(install, remove)]
