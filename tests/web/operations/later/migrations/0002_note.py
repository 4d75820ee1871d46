from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("later", "0001_first")]
    operations = [
        migrations.AddField("thing", "note", models.CharField("หมายเหตุ", max_length=50, default="")),
    ]
