"""Occurrences that a register's closed period has done."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0001_first"),
    ]

    operations = [
        migrations.AddField(
            model_name="occurrence",
            name="by_register",
            field=models.BooleanField(default=False, editable=False),
        ),
    ]
