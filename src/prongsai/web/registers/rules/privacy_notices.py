"""Privacy notices: reviewed every year by somebody who still serves, and published."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial

from django.utils.translation import gettext as _

from prongsai.registers.model import Register
from prongsai.web.agencies.queries import people_on
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Notice, Records, _privacy_papers
from prongsai.web.registers.rules._rows import counted, id_of
from prongsai.web.registers.rules._standing import named

_DRAFT = "drafted"


def notices(scope: Scope, register: Register, year: int) -> Iterator[Notice]:
    """Name notices whose review is past, whose reviewer has left, and that are not published."""
    assert register.clock is not None
    limit = scope.today - timedelta(days=register.clock.days)
    rows = list(counted(scope, register))
    past = [entry.title for entry, values in rows if isinstance(on := values.get("reviewed_on"), date) and on < limit]
    yield from named(_("เลยกำหนดทบทวนประจำปี {n} ฉบับ: {names}"), past)
    here = set(people_on(scope.agency, scope.today).values_list("pk", flat=True))
    alone = [entry.title for entry, values in rows if id_of(values.get("reviewer")) not in here]
    yield from named(_("ผู้ตรวจสอบไม่ได้ปฏิบัติงานแล้ว ต้องมอบหมายคนใหม่ {n} ฉบับ: {names}"), alone)
    yield from named(_("ยังไม่ประกาศ {n} ฉบับ: {names}"), [one.title for one, _values in rows if one.state == _DRAFT])


def papers(scope: Scope, register: Register, entry: Entry) -> Mapping[str, Records]:
    """The notice itself."""
    return {"privacy-notice": partial(_privacy_papers.notice, scope, entry)}
