import os

from django.db import migrations


def check(apps, editor):
    if os.environ.get("LATER_BREAKS"):
        raise ValueError("สมชาย ใจดี has a row that nobody thought of")


class Migration(migrations.Migration):
    dependencies = [("later", "0002_note")]
    operations = [migrations.RunPython(check)]
