"""Pictures of an agency stand apart from it, so that a row that names an agency does not bring them along."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_closed_agencies"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgencyPicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "which",
                    models.CharField(choices=[("emblem", "ตราสัญลักษณ์ (PNG)"), ("logo", "โลโก้ (PNG)")], max_length=10),
                ),
                ("content", models.BinaryField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pictures", to="agencies.agency"
                    ),
                ),
            ],
            options={"verbose_name": "รูปของหน่วยงาน"},
        ),
        migrations.AddConstraint(
            model_name="agencypicture",
            constraint=models.UniqueConstraint(fields=("agency", "which"), name="agency_picture_once"),
        ),
    ]
