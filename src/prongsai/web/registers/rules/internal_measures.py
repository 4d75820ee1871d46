"""Internal measures: signed by the top executive of the day; done only when published and circulated."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Register, Values
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._rows import counted, listed
from prongsai.web.registers.rules._signer import signer_faults, year_faults

_DONE = "done"


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse what is called done without publication or without circulation, now or when it is changed later."""
    yield from year_faults(values, "announced_on")
    yield from signer_faults(scope, values, "announced_on")
    if entry is None or entry.state != _DONE:
        return
    if not _is_published(values):
        yield Fault("link", "NOT_PUBLISHED", _("ยังไม่ได้เผยแพร่มาตรการนี้"), _("ใส่ที่อยู่ที่เผยแพร่ หรือแนบหลักฐาน"))
    if not _is_circulated(values):
        yield Fault("circulated_on", "NOT_CIRCULATED", _("ยังไม่ได้แจ้งเวียนมาตรการนี้"), _("ใส่วันที่แจ้งเวียนและแจ้งเวียนถึงใคร"))


def _is_published(values: Values) -> bool:
    return bool(values.get("link") or values.get("proof"))


def _is_circulated(values: Values) -> bool:
    return bool(values.get("circulated_on") and values.get("circulated_to"))


def notices(scope: Scope, register: Register, year: int) -> Iterator[Notice]:
    """Name the measures of a year that are not published or not circulated."""
    rows = [(entry, values) for entry, values in counted(scope, register, year) if entry.state != _DONE]
    for told, is_there in (
        (_("ยังไม่ได้เผยแพร่: {titles}"), _is_published),
        (_("ยังไม่ได้แจ้งเวียน: {titles}"), _is_circulated),
    ):
        if titles := [entry.title for entry, values in rows if not is_there(values)]:
            yield Notice(told.format(titles=listed(titles)))
