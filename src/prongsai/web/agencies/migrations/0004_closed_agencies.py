"""An agency can be closed; what is done in none of them has a chain of its own in the journal."""

from django.db import migrations, models

from prongsai.web.agencies import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0003_outside_people"),
    ]

    operations = [
        migrations.AddField(
            model_name="agency",
            name="closed_on",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="ปิดการใช้งานตั้งแต่"),
        ),
        migrations.AddConstraint(
            model_name="auditentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("agency__isnull", True)), fields=("number",), name="installation_number_once"
            ),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
