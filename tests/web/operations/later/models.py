from django.db import models


class Thing(models.Model):
    agency = models.ForeignKey("agencies.Agency", models.CASCADE)
    name = models.CharField("ชื่อสิ่งของ", max_length=50)
    note = models.CharField("หมายเหตุ", max_length=50, default="")

    class Meta:
        verbose_name = "สิ่งของ"
