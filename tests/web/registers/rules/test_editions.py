"""Forms of services are register files with editions: what was answered keeps its form."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from prongsai.web.registers import services
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import kept_with

FORM = """
id: bins
name_th: คำขอถังขยะ
name_en: Bins
{since}flow: request
everyone: true
deciders: [head]
dated_by: day
fields:
  day: {{type: date, label_th: วันที่, required: true, example: 5/1/2569}}
  size: {{type: number, label_th: {label}, required: true, low: 0, example: "120"}}
{more}
"""


def test_answers_keep_the_version_of_their_form(own_register, now):
    own_register(FORM.format(since="", label="ขนาด (ลิตร)", more=""))
    old = services.add_entry(now, register="bins", values={"day": date(2025, 9, 1), "size": Decimal(120)})
    more = "  house: {type: text, label_th: บ้านเลขที่, required: true, example: 12/3}"
    own_register(FORM.format(since="since: 2569\n", label="ความจุ (ลิตร)", more=more))
    values = {"day": date(2026, 1, 5), "size": Decimal(240), "house": "12/3"}
    new = services.add_entry(now, register="bins", values=values)
    forms = [kept_with(now, Entry.objects.get(pk=one.pk)).register for one in (old, new)]
    assert [[one.label_th for one in form.fields] for form in forms] == [
        ["วันที่", "ขนาด (ลิตร)"],
        ["วันที่", "ความจุ (ลิตร)", "บ้านเลขที่"],
    ]
    assert [Entry.objects.get(pk=one.pk).since_be for one in (old, new)] == [0, 2569]
