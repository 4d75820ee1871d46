"""The registers as tables to keep and to print, in the columns of the Rule on correspondence (forms 13 and 14)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.documents.build import cell, paragraph, row, table
from prongsai.documents.model import Block, Cell, Column, Document, Kind, Orientation, Setup, Style
from prongsai.registers.tables import Table
from prongsai.thai.date_print import format_date
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.scope import Scope
from prongsai.web.letters.models import Incoming, LetterState, Number, NumberState, Series, SeriesKind
from prongsai.web.letters.queries.incoming import Row, register_rows, row_of
from prongsai.web.letters.queries.numbers import dated_of, is_secret, numbers_of, subject_of

TITLES = {
    SeriesKind.OUTGOING: "ทะเบียนหนังสือส่ง",
    SeriesKind.CIRCULAR: "ทะเบียนหนังสือส่ง (หนังสือเวียน)",
    SeriesKind.ORDER: "ทะเบียนคำสั่ง",
    SeriesKind.ANNOUNCEMENT: "ทะเบียนประกาศ",
    SeriesKind.INCOMING: "ทะเบียนหนังสือรับ",
    SeriesKind.SECRET_OUT: "ทะเบียนหนังสือส่ง (ลับ)",
    SeriesKind.SECRET_IN: "ทะเบียนหนังสือรับ (ลับ)",
}
_SENT = ("เลขทะเบียนส่ง", "ที่", "ลงวันที่", "จาก", "ถึง", "เรื่อง", "การปฏิบัติ", "หมายเหตุ")
_GIVEN = ("เลขที่", "ลงวันที่", "เรื่อง", "เจ้าของเรื่อง", "การปฏิบัติ", "หมายเหตุ")
_CAME = ("เลขทะเบียนรับ", "ที่", "ลงวันที่", "จาก", "ถึง", "เรื่อง", "การปฏิบัติ", "หมายเหตุ", "วันเวลารับ")
_WIDTHS = {
    _SENT: (2.2, 3.1, 1.9, 2.4, 2.8, 4.3, 2.3, 2.2),
    _GIVEN: (1.9, 2, 5.6, 3, 2.6, 2.6),
    _CAME: (2.2, 2.9, 1.9, 2.6, 2.3, 4, 2.3, 2.2, 1.9),
}


def book_of(scope: Scope, series: Series, year_be: int) -> Table:
    """Give the register of a series and year, the lowest number first; of what is secret only number and dates."""
    if series.is_of_incoming:
        return _came(scope, series, year_be)
    found = numbers_of(scope).filter(series=series, year_be=year_be).order_by("value")
    numbers = found.prefetch_related("letter__deliveries")
    if series.kind in (SeriesKind.ORDER, SeriesKind.ANNOUNCEMENT):
        return Table(_GIVEN, tuple(_given(one) for one in numbers))
    return Table(_SENT, tuple(_sent(one, series) for one in numbers))


def incoming_book(found: QuerySet[Incoming], today: date) -> Table:
    """Give letters of ``queries.incoming.register_rows`` as the register, those of the secret one behind, so marked."""
    ordered = found.order_by("number__series__kind", "number__year_be", "number__value")
    return Table(_CAME, tuple(_of_list(row_of(one, today)) for one in ordered))


def _of_list(one: Row) -> tuple[str, ...]:
    number, *rest = _of_row(one)
    return (f"ลับ {number}" if one.is_secret else number, *rest)


def _sent(number: Number, series: Series) -> tuple[str, ...]:
    return (
        str(number.value),
        number.text,
        _day(dated_of(number)),
        "" if is_secret(number) else _from(number, series),
        "" if is_secret(number) else _to(number),
        _subject(number),
        _done(number),
        _remark(number),
    )


def _given(number: Number) -> tuple[str, ...]:
    owner = "" if is_secret(number) else _from(number, number.series)
    return (number.text, _day(dated_of(number)), _subject(number), owner, _done(number), _remark(number))


def _from(number: Number, series: Series) -> str:
    letter = getattr(number, "letter", None)
    return str((letter and letter.unit) or series.unit or series.agency)


def _to(number: Number) -> str:
    letter = getattr(number, "letter", None)
    return "\n".join(one.to for one in letter.deliveries.all()) if letter else ""


def _subject(number: Number) -> str:
    return _("(ลับ)") if is_secret(number) else subject_of(number)


def _done(number: Number) -> str:
    letter = getattr(number, "letter", None)
    if letter is None or number.state == NumberState.CANCELLED:
        return ""
    sent = [one.sent_on for one in letter.deliveries.all() if one.sent_on]
    if sent:
        return _("ส่งแล้ว {day}").format(day=_day(max(sent)))
    return "" if letter.state == LetterState.SIGNED else str(letter.get_state_display())


def _remark(number: Number) -> str:
    if number.state == NumberState.CANCELLED:
        return _("ยกเลิก") if is_secret(number) else _("ยกเลิก: {reason}").format(reason=number.reason)
    return _("จองไว้") if number.state == NumberState.RESERVED else ""


def _came(scope: Scope, series: Series, year_be: int) -> Table:
    """Give the numbers of a register of incoming letters, those that are reserved or cancelled among them."""
    found = register_rows(scope).filter(number__series=series, number__year_be=year_be)
    rows = {one.number_id: _of_row(row_of(one, scope.today)) for one in found}
    numbers = numbers_of(scope).filter(series=series, year_be=year_be).order_by("value")
    return Table(_CAME, tuple(_marked(rows.get(one.pk) or _reserved(one), one) for one in numbers))


def _marked(line: tuple[str, ...], number: Number) -> tuple[str, ...]:
    """Say in the remarks what became of a number."""
    told = "; ".join(filter(None, (line[7], _remark(number))))
    return (*line[:7], told, *line[8:])


def _reserved(number: Number) -> tuple[str, ...]:
    return (str(number.value), "", "", "", "", subject_of(number), "", "", "")


def _of_row(one: Row) -> tuple[str, ...]:
    found, came = one.incoming, _moment(one.received_at)
    if found is None:
        return (one.number, "", _day(one.dated), "", "", _("(ลับ)"), "", "", came)
    handling = found.handling or (_("ส่ง {unit}").format(unit=found.unit) if found.unit else "")
    to = found.addressee
    return (one.number, found.letter_no, _day(one.dated), found.sender, to, found.subject, handling, found.note, came)


def _day(day: date | None) -> str:
    return format_date(day, "abbr", digits="arabic") if day else ""


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{_day(local.date())} {local:%H:%M}"


# --- on paper --------------------------------------------------------------------------------------------------------
def printed_book(found: Table, *, title: str, agency: str, year_be: int) -> Document:
    """Compose a register as a paper that lies, its head on every page, with Thai digits throughout."""
    widths = _WIDTHS[found.head]
    columns = [Column(width, Kind.TEXT) for width in widths]
    heads = [paragraph(title, Style.TITLE), paragraph(_title(agency, year_be), Style.CENTRED)]
    body = table(found.head, (row(*(_cells(line))) for line in found.rows), columns)
    rest: Block = body if found.rows else paragraph(_("ยังไม่มีเลขในทะเบียนนี้"), Style.PLAIN)
    return Document(
        "", "composed", None, "", (*heads, rest), title=title, setup=Setup(Orientation.LANDSCAPE, names=(agency,))
    )


def _title(agency: str, year_be: int) -> str:
    return _("{agency} ปี พ.ศ. {year}").format(agency=agency, year=to_thai(str(year_be)))


def _cells(line: Iterable[str]) -> list[Cell | str]:
    return [cell(*to_thai(text).split("\n")) for text in line]
