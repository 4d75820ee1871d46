import django.db.models.deletion
from django.db import migrations, models


def fill(apps, editor):
    """Make rows that point elsewhere: PostgreSQL alters no table whose rows it has yet to check."""
    thing = apps.get_model("later", "Thing")
    for agency in apps.get_model("agencies", "Agency").objects.all():
        thing.objects.create(agency=agency, name="ของแรก")
        apps.get_model("agencies", "Unit").objects.filter(agency=agency).update(phone="1")


class Migration(migrations.Migration):
    initial = True
    dependencies = [("agencies", "0001_first")]
    operations = [
        migrations.CreateModel(
            name="Thing",
            fields=[
                ("id", models.BigAutoField(primary_key=True)),
                ("name", models.CharField("ชื่อสิ่งของ", max_length=50)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="agencies.agency"),
                ),
            ],
            options={"verbose_name": "สิ่งของ"},
        ),
        migrations.RunPython(fill),
    ]
