"""Participation: where there is a list, its number is the one written down; insiders alone do not count."""

from collections import Counter, defaultdict

from django.utils.translation import gettext as _

from prongsai.registers.model import Register
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import EntryLink
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._rows import counted

_LIST = "attendance"


def notices(scope: Scope, register: Register, year: int) -> list[Notice]:
    """Name activities whose list shows no outsider, or another number of them than was written down."""
    rows = list(counted(scope, register, year))
    who: dict[int, Counter[str]] = defaultdict(Counter)
    listed = EntryLink.objects.filter(
        field=register.id, entry__register=_LIST, entry__state="kept", target__in=[entry.pk for entry, _values in rows]
    )
    for target, kind in listed.values_list("target_id", "entry__values__who"):
        who[target][kind] += 1
    found = []
    for entry, values in rows:
        there = who.get(entry.pk)
        if there and not there["outside"]:
            told = _("“{title}” รายชื่อผู้เข้าร่วมมีแต่เจ้าหน้าที่ จึงยังไม่นับเป็นการมีส่วนร่วม").format(title=entry.title)
            found.append(Notice(told, is_blocking=True))
        elif there and there["outside"] != values.get("outsiders"):
            told = _("“{title}” บันทึกบุคคลภายนอก {said} คน แต่รายชื่อมี {listed} คน")
            told = told.format(title=entry.title, said=values.get("outsiders"), listed=there["outside"])
            found.append(Notice(to_thai(told), is_blocking=True))
    return found
