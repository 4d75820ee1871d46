"""Files that open only where they are held."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0001_first"),
    ]

    operations = [
        migrations.AddField(
            model_name="file",
            name="is_guarded",
            field=models.BooleanField(default=False, editable=False),
        ),
    ]
