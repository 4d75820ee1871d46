"""Evaluations of single people: the level is the score's, and each shows the way to the appeal."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Ref, Register, Values
from prongsai.registers.values import from_json
from prongsai.thai.dates import format_date
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.queries import people_on
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import edition_of
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._rows import counted_entries, id_of
from prongsai.web.registers.rules.evaluation_rounds import ended, level_at, levels_of

_ROUNDS = "evaluation-rounds"
# The sealed channel stands above the registers: its page is known by name alone.
_APPEALS = "appeal_rounds"


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse who evaluates themselves, and a level that is not the score's by the levels of the round."""
    person, evaluator = id_of(values.get("person")), id_of(values.get("evaluator"))
    if person is not None and person == evaluator:
        yield Fault("evaluator", "OWN_EVALUATION", _("ประเมินตนเองไม่ได้"), _("เลือกผู้บังคับบัญชาที่ประเมิน"))
    score, level, round = values.get("score"), values.get("level"), values.get("round")
    if not isinstance(score, Decimal) or not isinstance(round, Ref) or round.id is None:
        return
    found = Entry.objects.filter(agency=scope.agency, register=_ROUNDS, pk=round.id).first()
    levels = levels_of(_values(found)) if found else []
    wanted = level_at(levels, score)
    if wanted and level != wanted:
        told = _("คะแนน {score} อยู่ในระดับ “{wanted}” แต่กรอก “{level}”")
        told = told.format(score=f"{score.normalize():f}", wanted=wanted, level=level)
        yield Fault("level", "OTHER_LEVEL", told, _("ตรวจคะแนนหรือระดับ"))


def _values(entry: Entry) -> Values:
    return from_json(edition_of(entry.register, entry.since_be).fields, entry.values)


def notices(scope: Scope, register: Register, year: int) -> Iterator[Notice]:
    """Count who serves and has no evaluation of a round that is over. Three queries and one for each round."""
    for entry in counted_entries(scope, _ROUNDS, year):
        if not ended(_values(entry), scope.today):
            continue
        there = counted_entries(scope, register.id, year).filter(links__field="round", links__target=entry)
        done = {(one or {}).get("id") for one in there.values_list("values__person", flat=True)}
        staff = people_on(scope.agency, scope.today).exclude(employment__in=("", "elected"))
        missing = sum(pk not in done for pk in staff.values_list("pk", flat=True))
        if missing:
            yield Notice(to_thai(_("{round}: ยังไม่มีผลการประเมิน {n} คน").format(round=entry.title, n=missing)))


def picture(scope: Scope, register: Register, entry: Entry | None) -> SafeString:
    """Show where an evaluation is appealed against, and until when."""
    if entry is None:
        return SafeString("")
    until = _values(entry).get("appeal_until")
    last = _("ยื่นได้ถึง {day}").format(day=format_date(until)) if isinstance(until, date) else ""
    return format_html(
        '<h2>{}</h2><p>{} {}</p><p><a class="button" href="{}">{}</a></p>',
        _("ร้องเรียนผลการประเมิน"),
        _("ผู้ถูกประเมินที่ไม่เห็นด้วยร้องเรียนได้ในช่องทางที่ปิดเป็นความลับ ผู้ประเมินไม่เห็นเรื่อง"),
        last,
        reverse(_APPEALS, args=[scope.agency.code]),
        _("ไปหน้าร้องเรียนผลการประเมิน"),
    )
