"""The emblem and the logo of each agency go where pictures stand now."""

from django.db import migrations

PICTURES = ("emblem", "logo")


def move(apps, schema_editor):
    agency, picture = apps.get_model("agencies", "Agency"), apps.get_model("agencies", "AgencyPicture")
    for which in PICTURES:
        for pk, content in agency.objects.exclude(**{which: b""}).values_list("pk", which).iterator(chunk_size=50):
            picture.objects.create(agency_id=pk, which=which, content=content)


def back(apps, schema_editor):
    agency, picture = apps.get_model("agencies", "Agency"), apps.get_model("agencies", "AgencyPicture")
    for one in picture.objects.iterator(chunk_size=50):
        agency.objects.filter(pk=one.agency_id).update(**{one.which: one.content})


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0005_pictures"),
    ]

    operations = [
        migrations.RunPython(move, back),
        *(migrations.RemoveField(model_name="agency", name=which) for which in PICTURES),
    ]
