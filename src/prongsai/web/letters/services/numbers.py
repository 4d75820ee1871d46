"""Series and their numbers: each is given in one transaction with its line in the journal, none twice, none skipped."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Unit
from prongsai.web.agencies.scope import Scope
from prongsai.web.letters.models import Letter, LetterState, Number, NumberState, Series, SeriesKind, SeriesYear
from prongsai.web.letters.models.numbers import SECRET, WITH_PREFIX
from prongsai.web.letters.queries import numbers as queries
from prongsai.web.ui.templatetags.ui import thai_digits

AT_ONCE_MAX = 50
SUBJECT_MAX = 300
REASON_MAX = 300


# --- series ----------------------------------------------------------------------------------------------------------
@transaction.atomic
def add_series(scope: Scope, *, kind: str, unit: Unit | None = None, prefix: str = "") -> Series:
    """Open a register. prefix: empty for that of the agency. Raises ValidationError."""
    journal.take_turn(scope.agency)
    if kind in WITH_PREFIX:
        prefix = _prefix(scope, prefix or scope.agency.letter_prefix)
    series = Series(agency=scope.agency, kind=kind, unit=unit, prefix=prefix)
    _refuse_second(series)
    _refuse_shared_prefix(series)
    return journal.create(scope, series, "series.add")


@transaction.atomic
def open_series(scope: Scope, *, kind: str, unit: Unit | None, prefix: str, last_before: int = 0) -> Series:
    """Open a register and say which number was its last this year. Raises ValidationError."""
    made = add_series(scope, kind=kind, unit=unit, prefix=prefix)
    if last_before:
        start_year(scope, series=made, year_be=queries.year_of(scope.today), last_before=last_before)
    return made


@transaction.atomic
def ensure_series(scope: Scope, *, kind: str, unit: Unit | None = None) -> Series:
    """Give the open series of a kind, made when there is none. Raises ValidationError where its prefix is not known."""
    journal.take_turn(scope.agency)
    found = queries.series_of(scope).filter(kind=kind, unit=unit).first()
    if found is None:
        return add_series(scope, kind=kind, unit=unit)
    return found if found.is_open else journal.change(scope, found, "series.change", is_open=True)


@transaction.atomic
def change_series(
    scope: Scope, *, series: Series, version: int | None, prefix: str | None = None, is_open: bool | None = None
) -> Series:
    """Change prefix or use of a series; numbers that were given stay as they were printed. Raises Stale."""
    journal.take_turn(scope.agency)
    values: dict[str, object] = {} if is_open is None else {"is_open": is_open}
    if prefix is not None and series.kind in WITH_PREFIX:
        values["prefix"] = series.prefix = _prefix(scope, prefix)
        _refuse_shared_prefix(series)
    return journal.change(scope, series, "series.change", version=version, **values)


def _prefix(scope: Scope, text: str) -> str:
    """Give a prefix in one way of writing, ``ลบ 52701.1``. Raises ValidationError for one that is not the agency's."""
    if not scope.agency.letter_prefix:
        raise ValidationError({"prefix": _("หน่วยงานยังไม่มีอักษรย่อและรหัสหนังสือ ใส่ที่ข้อมูลหน่วยงานก่อน")})
    found = queries.read_prefix(text)
    if found is None:
        raise ValidationError({"prefix": _("เขียนอักษรย่อและรหัสแบบ ลบ 52701.1")})
    if not queries.is_own_prefix(scope.agency, text):
        wanted = _("อักษรย่อ “%(text)s” ไม่ใช่ของหน่วยงานนี้ ต้องขึ้นต้นด้วย “%(own)s”")
        raise ValidationError({"prefix": wanted % {"text": text.strip(), "own": scope.agency.letter_prefix}})
    return f"{found.prefix} {found.unit_code}"


def _refuse_second(series: Series) -> None:
    same = Series.objects.filter(agency=series.agency, kind=series.kind, unit=series.unit)
    if same.exists():
        raise ValidationError({"kind": _("มีทะเบียนนี้อยู่แล้ว: %(series)s") % {"series": series}})


def _refuse_shared_prefix(series: Series) -> None:
    """Refuse a prefix with which another register of the kind prints or has printed: its numbers would be doubled."""
    if not series.prefix:
        return
    others = Series.objects.filter(agency=series.agency, kind=series.kind).exclude(pk=series.pk)
    numbers = Number.objects.filter(series__in=others, text__startswith=f"{series.prefix}/")
    taken = others.filter(prefix=series.prefix).first() or next((one.series for one in numbers[:1]), None)
    if taken is not None:
        text = _("“%(prefix)s” ใช้ใน “%(series)s” แล้ว ถ้าใช้ซ้ำจะมีเลขเดียวกันสองฉบับ เติมรหัสส่วนราชการ เช่น %(prefix)s.1")
        raise ValidationError({"prefix": text % {"prefix": series.prefix, "series": taken}})


# --- years -----------------------------------------------------------------------------------------------------------
@transaction.atomic
def start_year(scope: Scope, *, series: Series, year_be: int, last_before: int) -> SeriesYear:
    """Say which number of a year was the last before this software keeps its register.

    Raises ValidationError once a number of that year is given here: then the register itself says what is the last.
    """
    journal.take_turn(scope.agency)
    if year_be > queries.year_of(scope.today):
        raise ValidationError({"year_be": _("ปีนี้ยังมาไม่ถึง")})
    if Number.objects.filter(series=series, year_be=year_be).exists():
        text = _("ทะเบียน “%(series)s” ปี %(year)s ออกเลขในระบบแล้ว แก้เลขเริ่มต้นไม่ได้")
        raise ValidationError({"last_before": text % {"series": series, "year": thai_digits(year_be)}})
    found = SeriesYear.objects.filter(series=series, year_be=year_be).first()
    if found is not None:
        return journal.change(scope, found, "series.start", last_before=last_before)
    return journal.create(scope, SeriesYear(series=series, year_be=year_be, last_before=last_before), "series.start")


@dataclass(frozen=True, slots=True)
class Start:
    """A line of a table of last numbers. prefix: empty for that of the agency, or of the series that is there."""

    kind: str
    unit: Unit | None
    prefix: str
    last_before: int
    line: int


@transaction.atomic
def start_all(scope: Scope, *, starts: Iterable[Start], year_be: int) -> list[SeriesYear]:
    """Start many series at once, those that are not there are opened: all or none. Raises ValidationError by line."""
    journal.take_turn(scope.agency)
    made, refused = [], []
    for one in starts:
        try:
            with transaction.atomic():
                made.append(_started(scope, one, year_be))
        except ValidationError as fault:
            refused.append(_("บรรทัด %(n)s: %(text)s") % {"n": thai_digits(one.line), "text": " ".join(fault.messages)})
    if refused:
        raise ValidationError(refused)
    return made


def _started(scope: Scope, one: Start, year_be: int) -> SeriesYear:
    found = queries.series_of(scope).filter(kind=one.kind, unit=one.unit).first()
    series = found or add_series(scope, kind=one.kind, unit=one.unit, prefix=one.prefix)
    if found and one.prefix:
        series = change_series(scope, series=found, version=None, prefix=one.prefix)
    return start_year(scope, series=series, year_be=year_be, last_before=one.last_before)


# --- numbers ---------------------------------------------------------------------------------------------------------
@transaction.atomic
def take_number(scope: Scope, *, series: Series, subject: str, day: date | None = None, used: bool = False) -> Number:
    """Give the next number of the calendar year of a day, today's by default; reserved unless it is used at once.

    Whoever asks at the same moment waits for the transaction that this is part of: undone with it, the number was never
    given. subject: not kept for what is secret. Raises ValidationError.
    """
    journal.take_turn(scope.agency)
    series = queries.series_of(scope).select_related("unit").get(pk=series.pk)
    year_be, now = queries.year_of(day or scope.today), timezone.now()
    _refuse_series(scope, series, year_be)
    value = queries.last_value(series, year_be) + 1
    number = Number(
        series=series,
        year_be=year_be,
        value=value,
        text=queries.text_of(series, value, year_be),
        state=NumberState.USED if used else NumberState.RESERVED,
        subject="" if series.kind in SECRET else subject.strip()[:SUBJECT_MAX],
        taken_by=scope.person,
        taken_at=now,
        ended_at=now if used else None,
    )
    if used:
        _refuse_known_order(scope, number)
    return journal.create(scope, number, "number.take")


def _refuse_known_order(scope: Scope, number: Number) -> None:
    """Refuse an order the number of one that was entered beside the register: it would be there twice in its year."""
    if number.series.kind == SeriesKind.ORDER and queries.is_known_order(scope.agency, number.text):
        text = _("เลขที่ %(number)s เป็นของคำสั่งที่บันทึกไว้ในระบบแล้ว จองเลขนี้ในทะเบียนโดยบอกว่าใช้กับคำสั่งนั้น แล้วออกเลขใหม่")
        raise ValidationError(text % {"number": number.text})


def _refuse_series(scope: Scope, series: Series, year_be: int) -> None:
    if not series.is_open:
        raise ValidationError(_("ทะเบียน “%(series)s” ปิดแล้ว") % {"series": series})
    if queries.is_foreign(series):
        text = _("อักษรย่อ “%(prefix)s” ของทะเบียน “%(series)s” ไม่ตรงกับของหน่วยงาน “%(own)s” แก้ที่ตั้งค่าทะเบียนก่อนออกเลข")
        raise ValidationError(text % {"prefix": series.prefix, "series": series, "own": scope.agency.letter_prefix})
    this = queries.year_of(scope.today)
    is_kept = year_be == this or SeriesYear.objects.filter(series=series, year_be=year_be).exists()
    if year_be > this or not (is_kept or Number.objects.filter(series=series, year_be=year_be).exists()):
        text = _("ทะเบียน “%(series)s” ยังไม่ได้เปิดปี %(year)s ตรวจวันที่อีกครั้ง")
        raise ValidationError(text % {"series": series, "year": thai_digits(year_be)})


@transaction.atomic
def reserve(scope: Scope, *, series: Series, subject: str, count: int = 1, day: date | None = None) -> list[Number]:
    """Reserve numbers that follow each other. Raises ValidationError without a reason, save for what is secret."""
    journal.take_turn(scope.agency)
    if not subject.strip() and series.kind not in SECRET:
        raise ValidationError({"subject": _("บอกเรื่องหรือเหตุที่จอง")})
    if not 1 <= count <= AT_ONCE_MAX:
        raise ValidationError({"count": _("จองได้ครั้งละ ๑ ถึง %(n)s เลข") % {"n": thai_digits(AT_ONCE_MAX)}})
    return [take_number(scope, series=series, subject=subject, day=day) for _step in range(count)]


@transaction.atomic
def use_number(scope: Scope, *, number: Number, kind: str, day: date, subject: str) -> Number:
    """Mark a reserved number as used by a paper of a kind and day. Raises ValidationError when it does not fit."""
    journal.take_turn(scope.agency)
    number = queries.numbers_of(scope).get(pk=number.pk)
    if number.state != NumberState.RESERVED:
        text = _("เลข %(number)s %(state)s จึงใช้ไม่ได้")
        raise ValidationError({"number": text % {"number": number, "state": number.get_state_display()}})
    if number.series.kind != kind:
        raise ValidationError({"number": _("เลข %(number)s เป็นของทะเบียนอื่น") % {"number": number}})
    if number.year_be != queries.year_of(day):
        text = _("เลข %(number)s เป็นของปี %(year)s ไม่ตรงกับปีของวันที่")
        raise ValidationError({"number": text % {"number": number, "year": thai_digits(number.year_be)}})
    said = "" if kind in SECRET else subject.strip()[:SUBJECT_MAX]
    now = timezone.now()
    return journal.change(scope, number, "number.use", state=NumberState.USED, subject=said, ended_at=now)


@transaction.atomic
def cancel_number(scope: Scope, *, number: Number, version: int | None, reason: str) -> Number:
    """Cancel a number: it stays in the register as cancelled, with the reason, and is never given again.

    One that a draft or a returned letter bears is taken off it; a dropped or rejected letter keeps it. Raises Stale,
    and ValidationError without a reason, and for the number of what is signed or on its way.
    """
    journal.take_turn(scope.agency)
    number = queries.numbers_of(scope).select_for_update(of=("self",)).get(pk=number.pk)
    if version is not None and number.version != version:
        raise journal.Stale(number)
    if not reason.strip():
        raise ValidationError({"reason": _("บอกเหตุผลที่ยกเลิก")})
    if not queries.may_cancel(number):
        raise ValidationError(
            _("เลข %(number)s ยกเลิกไม่ได้: ใช้กับหนังสือที่ลงนามแล้วหรือกำลังเสนอ หรือยกเลิกไปก่อนแล้ว") % {"number": number}
        )
    letter = Letter.objects.filter(number=number, state__in=(LetterState.DRAFT, LetterState.RETURNED)).first()
    if letter is not None:
        journal.change(scope, letter, "letter.number", series=None, number=None, dated=None)
    return journal.change(
        scope,
        number,
        "number.cancel",
        state=NumberState.CANCELLED,
        reason=reason.strip()[:REASON_MAX],
        ended_at=timezone.now(),
    )


@transaction.atomic
def number_letter(
    scope: Scope, *, letter: Letter, version: int | None, dated: date, number: Number | None = None
) -> Letter:
    """Give a letter its number and day. number: a reserved one; without it the next of its series, opened if need be.

    Raises Stale; ValidationError when it has one, is signed or dropped, the day is to come or of another year.
    """
    journal.take_turn(scope.agency)
    current = Letter.objects.select_for_update(of=("self",)).select_related("agency", "unit").get(pk=letter.pk)
    if version is not None and current.version != version:
        raise journal.Stale(current)
    _refuse_letter(scope, current, dated)
    subject = "" if current.secrecy else current.subject
    if number is not None:
        number = use_number(scope, number=number, kind=queries.kind_for(current), day=dated, subject=subject)
    else:
        series = queries.series_for(current) or ensure_series(scope, kind=queries.kind_for(current))
        number = take_number(scope, series=series, subject=subject, day=dated, used=True)
    return journal.change(scope, letter, "letter.number", series=number.series, number=number, dated=dated)


def _refuse_letter(scope: Scope, letter: Letter, dated: date) -> None:
    if letter.number_id:
        raise ValidationError(_("หนังสือนี้มีเลข %(number)s แล้ว") % {"number": letter.number})
    if letter.state not in (LetterState.DRAFT, LetterState.IN_CHAIN, LetterState.RETURNED):
        raise ValidationError(_("หนังสือนี้ %(state)s จึงออกเลขไม่ได้") % {"state": letter.get_state_display()})
    if dated > scope.today:
        raise ValidationError({"dated": _("วันที่ของหนังสือยังมาไม่ถึง")})
