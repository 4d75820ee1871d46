"""Channels beside the site, and what was posted in them: one approval, many channels, each with its proof."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure.models import Channel, Page, PageState, Posting, Watch
from prongsai.web.disclosure.services.watching import watch
from prongsai.web.evidence.models import File, check_address

# What an office begins with: name, whether online, the choice of the register of news. It may change all of it.
_FIRST = (
    ("Facebook", True, "facebook"),
    ("LINE OA", True, "line"),
    ("บอร์ดประชาสัมพันธ์", False, "board"),
    ("เสียงตามสาย", False, "broadcast"),
    ("Instagram", True, "instagram"),
    ("X", True, "x"),
)
REGISTER_KEYS: Mapping[str, str] = {name: key for name, _online, key in _FIRST}


@transaction.atomic
def ensure_channels(scope: Scope) -> None:
    """Give an office that has no channels those that most have."""
    journal.take_turn(scope.agency)
    if Channel.objects.filter(agency=scope.agency).exists():
        return
    for place, (name, is_online, _key) in enumerate(_FIRST):
        journal.create(scope, Channel(agency=scope.agency, name=name, is_online=is_online, place=place), "channel.add")


@transaction.atomic
def add_channel(scope: Scope, *, name: str, is_online: bool) -> Channel:
    """Add a channel at the end. Raises ValidationError."""
    journal.take_turn(scope.agency)
    place = Channel.objects.filter(agency=scope.agency).count()
    made = Channel(agency=scope.agency, name=name.strip(), is_online=is_online, place=place)
    return journal.create(scope, made, "channel.add")


@transaction.atomic
def change_channel(scope: Scope, *, channel: Channel, version: int | None, **values: object) -> Channel:
    """Change name or use of a channel; what was posted in it stays. Raises Stale, ValidationError."""
    return journal.change(scope, channel, "channel.change", version=version, **values)


@transaction.atomic
def add_posting(
    scope: Scope,
    *,
    page: Page,
    channel: Channel,
    posted_on: date | None = None,
    address: str = "",
    proof: File | None = None,
    note: str = "",
) -> Posting:
    """Say that a page was posted in a channel, or is to be.

    With neither address nor proof it is planned, and not counted.
    Raises ValidationError.
    """
    journal.take_turn(scope.agency)
    if channel.agency_id != scope.agency.pk or page.agency_id != scope.agency.pk:
        raise ValidationError(_("ช่องทางหรือหน้านี้ไม่ใช่ของหน่วยงาน"))
    _hold(scope, page, posted_on, address, proof)
    made = Posting(
        page=page, channel=channel, posted_on=posted_on, address=address, proof=proof, note=note, posted_by=scope.user
    )
    journal.create(scope, made, "posting.add")
    _watch(scope, made)
    return made


@transaction.atomic
def change_posting(scope: Scope, *, posting: Posting, version: int | None, **values: object) -> Posting:
    """Say of a planned posting when and where it was made, or mend one. Raises Stale, ValidationError."""
    journal.take_turn(scope.agency)
    said = {name: values.get(name, getattr(posting, name)) for name in ("posted_on", "address", "proof")}
    _hold(scope, posting.page, **said)  # type: ignore[arg-type]
    journal.change(scope, posting, "posting.change", version=version, **values)
    _watch(scope, posting)
    return posting


@transaction.atomic
def drop_posting(scope: Scope, *, posting: Posting) -> None:
    """Take back a posting that was planned or entered by mistake; the journal keeps it."""
    journal.delete(scope, posting, "posting.drop")


def _hold(scope: Scope, page: Page, posted_on: date | None, address: str, proof: File | None) -> None:
    check_address(address)
    if proof is not None and proof.agency_id != scope.agency.pk:
        raise ValidationError({"proof": _("ไฟล์นี้ไม่ใช่ของหน่วยงาน")})
    if posted_on is None:
        if address or proof:
            raise ValidationError({"posted_on": _("ใส่วันที่โพสต์ด้วย")})
        return
    if page.state != PageState.PUBLIC:
        raise ValidationError({"posted_on": _("หน้านี้ยังไม่ได้รับอนุญาตเผยแพร่ จึงยังโพสต์ช่องทางอื่นไม่ได้ วางแผนไว้ก่อนได้")})
    if posted_on > scope.today:
        raise ValidationError({"posted_on": _("วันที่โพสต์ยังมาไม่ถึง")})
    if page.event_on and posted_on < page.event_on:
        raise ValidationError({"posted_on": _("วันที่โพสต์อยู่ก่อนวันที่จัดกิจกรรม")})


def _watch(scope: Scope, posting: Posting) -> None:
    if posting.is_counted and posting.address:
        watch(scope, address=posting.address, why=Watch.POSTING, page=posting.page)
