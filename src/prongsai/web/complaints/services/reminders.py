"""The standing mail: twice a week to every holder, whether there is anything new or not, and never with a number.

Its coming tells nobody anything, and whoever missed a bell still looks. Nor does it tell that something is due: who has
opened which case stands nowhere that a command could read, and somebody whose own list has nothing due would learn from
it that there is a case which is kept from them.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from prongsai.web.agencies.models import Agency
from prongsai.web.complaints.queries.rolls import active
from prongsai.web.notify import services as notify
from prongsai.web.notify.models import Mail

WEEKDAYS = (0, 3)  # Monday and Thursday


@transaction.atomic
def remind_holders(agency: Agency, *, today: date | None = None) -> int:
    """Keep a mail for every active holder with an address; give how many. On other days, and a second time, none.

    Nobody of a closed agency is reminded of what they cannot open.
    """
    day = today or timezone.localdate()
    if day.weekday() not in WEEKDAYS or agency.closed_on:
        return 0
    addresses = dict.fromkeys(holder.user.email for holder in active(agency) if holder.user.email)
    subject, text = _words(agency)
    had = set(Mail.objects.filter(agency=agency, subject=subject, made_at__date=day).values_list("to", flat=True))
    missing = [address for address in addresses if address not in had]
    for address in missing:
        notify.send(agency, to=address, subject=subject, text=text)
    return len(missing)


@translation.override("th")  # mails are the office's, whatever language is read
def _words(agency: Agency) -> tuple[str, str]:
    text = _(
        "ถึงวันตรวจดูหน้าเรื่องที่ท่านดูแล จดหมายนี้ส่งทุกวันจันทร์และวันพฤหัสบดี ไม่ว่ามีเรื่องใหม่หรือไม่\n"
        "ตรวจด้วยว่าเรื่องใดใกล้ครบกำหนดหรือเลยกำหนดแล้ว\n\nเข้าสู่ระบบแล้วเปิดเมนูของท่าน\n\n{agency}\n"
    ).format(agency=agency)
    return str(_("ถึงวันตรวจดูหน้าเรื่องที่ท่านดูแล")), text
