"""Executives and how to reach them; and what an office says of itself in public, which the privacy gate lets pass."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _

from prongsai.portal.model import Official
from prongsai.web.agencies.models import Agency, Unit
from prongsai.web.disclosure.models import FileRole, Portrait, ReleaseFile, Site
from prongsai.web.disclosure.queries.site_people import COUNCIL, officials_of, photographed, registers_of

EXECUTIVES = "organisation.executives"


@dataclass(frozen=True, slots=True)
class Lack:
    """What an executive's entry lacks: name, post, and what is not there."""

    name: str
    post: str
    lacks: tuple[str, ...]


def lacks_of(agency: Agency, day: date) -> tuple[Lack, ...]:
    """Give which executives of the public site, the council left out, lack a way to reach them or a photograph.

    A photograph is the register's, or a picture of the published page of executives that names the person.
    """
    told, photos = _pictures(agency), dict(_photos(agency))
    named = (one for one in officials_of(agency, registers_of(agency), day) if one.side != COUNCIL)
    found = (_lack(one, told, photos.get(one.name)) for one in named)
    return tuple(one for one in found if one.lacks)


def _photos(agency: Agency) -> Iterator[tuple[str, bool]]:
    """Give who has a photograph in the register, and whether it can be shown."""
    bad = set(Portrait.objects.filter(original__agency=agency, drawn=None).values_list("original", flat=True))
    for name, photo in photographed(agency):
        yield name, photo not in bad


def _pictures(agency: Agency) -> list[str]:
    """Give what is told of the pictures on the published pages of executives."""
    shown = ReleaseFile.objects.filter(
        release__page__agency=agency,
        release__page__item_key=EXECUTIVES,
        release__page__current=F("release"),
        role=FileRole.PICTURE,
    )
    return [" ".join(texts) for texts in shown.values_list("title", "text")]


def _lack(one: Official, pictures: list[str], is_usable: bool | None) -> Lack:
    is_shown = is_usable or any(one.name in text for text in pictures)
    photo = _("ภาพถ่ายที่เปิดได้ (ย่อรูปแล้วส่งใหม่)") if is_usable is False else _("ภาพถ่าย")
    parts = ((_("ช่องทางติดต่อ"), one.phone or one.email), (photo, is_shown))
    return Lack(one.name, one.post, tuple(name for name, is_there in parts if not is_there))


def allowed_of(agency: Agency, day: date) -> tuple[str, ...]:
    """Give the numbers, addresses and e-mail that the office shows of itself and of its executives."""
    return tuple(dict.fromkeys(text.strip() for text in _allowed(agency, day) if text.strip()))


def _allowed(agency: Agency, day: date) -> Iterator[str]:
    yield from (agency.phone, agency.email, agency.address)
    parts = (agency.subdistrict, agency.district, agency.province)
    if agency.address:
        yield " ".join((agency.address, *(part for part in parts if part)))
    if site := Site.objects.filter(agency=agency).first():
        yield site.fax
    yield from Unit.objects.filter(agency=agency).on(day).values_list("phone", flat=True)
    for one in officials_of(agency, registers_of(agency), day):
        yield from (one.phone, one.email)
