"""The orders that a letter cites: which of ours each is, which is of nobody we know, which is dated too late."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext as _

from prongsai.thai.agencies import find_agencies, same_agency
from prongsai.thai.dates import format_date
from prongsai.thai.letters import read_letter_number
from prongsai.thai.numerals import to_thai
from prongsai.thai.text import collapse, squeeze
from prongsai.web.agencies.models import Agency, Committee, JobOrder
from prongsai.web.letters.models import Letter, LetterState, LetterText, SeriesKind
from prongsai.web.letters.queries.content import missing_of, options_of, words_of
from prongsai.web.letters.queries.letters import newest_text

CONFIRMED = "confirmed_orders"
_CITED = re.compile(
    r"คำสั่ง(?P<of>[^\n“”()/]{0,80}?)\s*(?:เลข)?ที่\s*(?P<number>[0-9๐-๙]{1,6}\s*/\s*[2๒][0-9๐-๙]{3})(?![0-9๐-๙/])"
)
_OURS = frozenset({"", "เทศบาล", "เทศบาลฯ", "เทศบาลนี้", "หน่วยงาน", "ของเทศบาล"})


class Standing(StrEnum):
    """How an order that is cited stands to what we keep."""

    FOUND = "found"
    UNKNOWN = "unknown"
    CONFIRMED = "confirmed"  # not kept here, somebody says that it is right
    FOREIGN = "foreign"  # another agency's: nothing to look up


@dataclass(frozen=True, slots=True)
class Cited:
    """An order that a letter cites. key: ``209/2563``; dated: day of the order, where it is known.

    is_late: it is dated after the letter that cites it. letter: pk of the order's letter here.
    """

    printed: str
    key: str
    standing: Standing
    title: str = ""
    dated: date | None = None
    is_late: bool = False
    letter: int | None = None

    @property
    def message(self) -> str:
        """What is wrong with it, a sentence; empty when nothing is."""
        if self.standing is Standing.UNKNOWN:
            return _("ไม่พบคำสั่งที่ {number} ในทะเบียนคำสั่ง คณะกรรมการ หรือคำสั่งมอบหมายงาน").format(number=to_thai(self.key))
        if self.is_late and self.dated:
            text = _("คำสั่งที่ {number} ลงวันที่ {day} ซึ่งอยู่หลังวันที่ของหนังสือฉบับนี้")
            return text.format(number=to_thai(self.key), day=format_date(self.dated))
        return ""


def cited(letter: Letter, text: LetterText | None = None, *, today: date | None = None) -> tuple[Cited, ...]:
    """Give the orders that a letter cites, each once, in their order.

    Orders are looked up among signed order letters, committees and work assignments of the agency. today: the day that
    the letter will bear, while it has none.
    """
    content = (text or newest_text(letter)).content
    found = list(_found(letter.agency, content))
    known = _known(letter, {key for key, _printed, is_ours in found if is_ours})
    sure = set(options_of(content).get(CONFIRMED) or ())
    day = letter.dated or today
    return tuple(_told(key, printed, is_ours, known.get(key), key in sure, day) for key, printed, is_ours in found)


def unresolved(letter: Letter, text: LetterText | None = None) -> tuple[Cited, ...]:
    """Give the orders that a letter cites and nobody knows or has confirmed; it is not sent with one of these."""
    return tuple(one for one in cited(letter, text) if one.standing is Standing.UNKNOWN)


def why_not_send(letter: Letter) -> tuple[str, ...]:
    """Say what of a letter's words keeps it from being sent: what is missing, and orders that nobody knows."""
    text = newest_text(letter)
    lacking = missing_of(letter.paper, text.subject, text.content)
    found = [_("ยังขาด {names}").format(names=", ".join(lacking))] if lacking else []
    ask = _("แก้เลขที่คำสั่ง หรือยืนยันที่หน้าหนังสือก่อนเสนอ")
    return (*found, *(f"{one.message} {ask}" for one in unresolved(letter, text)))


def _told(
    key: str,
    printed: str,
    is_ours: bool,
    known: tuple[str, date | None, int | None] | None,
    sure: bool,
    day: date | None,
) -> Cited:
    if known:
        title, dated, pk = known
        return Cited(printed, key, Standing.FOUND, title, dated, bool(dated and day and dated > day), pk)
    standing = Standing.FOREIGN if not is_ours else Standing.CONFIRMED if sure else Standing.UNKNOWN
    return Cited(printed, key, standing)


def _found(agency: Agency, content: dict[str, object]) -> Iterator[tuple[str, str, bool]]:
    seen: set[tuple[str, bool]] = set()
    for line in words_of(content):
        for match in _CITED.finditer(line):
            number = read_letter_number(match["number"])
            is_ours = _is_ours(agency, match["of"])
            if number and number.year and (f"{number.number}/{number.year}", is_ours) not in seen:
                key = f"{number.number}/{number.year}"
                seen.add((key, is_ours))
                yield key, collapse(match[0]), is_ours


def _is_ours(agency: Agency, issuer: str) -> bool:
    """Whether the words between คำสั่ง and its number leave it to us, or name us."""
    bare = squeeze(issuer)
    if bare in _OURS or bare.startswith(("แต่งตั้ง", "มอบหมาย", "ปรับปรุง", "เรื่อง", "ฉบับ")):
        return True
    named = find_agencies(issuer)
    return any(same_agency(one.text, agency.name) for one in named) or squeeze(agency.name).startswith(bare)


Known = tuple[str, date | None, int | None]


def _known(letter: Letter, keys: set[str]) -> dict[str, Known]:
    """Give title, day and letter of each order that is kept here; what the register of letters says goes first."""
    if not keys:
        return {}
    agency = letter.agency_id
    found: dict[str, Known] = {
        one.order_no: (one.duties[:80], one.order_date, None)
        for one in JobOrder.objects.filter(agency=agency, order_no__in=keys)
    }
    for committee in Committee.objects.filter(agency=agency, order_no__in=keys):
        found[committee.order_no] = (committee.name, committee.order_date, None)
    signed = Q(state__in=(LetterState.SIGNED, LetterState.REPLACED))
    orders = Letter.objects.filter(signed, agency=agency, number__text__in=keys, series__kind=SeriesKind.ORDER)
    for order in orders.select_related("number").exclude(pk=letter.pk):
        assert order.number is not None
        found[order.number.text] = (str(order), order.dated, order.pk)
    return found
