"""Reports that somebody takes down for another: a letter, a call, a visit. Sealed and routed like any other."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from prongsai.privacy.seal.boxes import seal_value
from prongsai.privacy.seal.receipts import Receipt
from prongsai.thai.dates import format_date
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.contents import Accused, Identity, Kind, Told, plain
from prongsai.web.complaints.keys import Key
from prongsai.web.complaints.models import Message, Report, Way
from prongsai.web.complaints.queries.routing import route
from prongsai.web.complaints.services import receiving
from prongsai.web.complaints.services.cases import say_as


class Came(models.TextChoices):
    """How it came to whoever writes it down."""

    LETTER = "letter", _("หนังสือหรือจดหมาย")
    CALL = "call", _("โทรศัพท์")
    VISIT = "visit", _("มาด้วยตนเอง")


@dataclass(frozen=True, slots=True)
class Taken:
    """A report that was taken down. receipt: for the person whose report it is, given out once."""

    report: Report
    receipt: Receipt


def is_left_out(scope: Scope, key: Key, accused: Collection[Accused]) -> bool:
    """Whether whoever takes a report down will not be able to read it afterwards."""
    holders = route(scope.agency, tuple(accused), day=scope.today).holders
    return all(one.pk != key.holder.pk for one in holders)


def take_down(
    scope: Scope,
    key: Key,
    *,
    told: Told,
    identity: Identity | None,
    token: str,
    came: Came,
    came_on: date,
    remark: str = "",
) -> Taken:
    """Take a report down for somebody. Who did, how it came and a remark stand in the case, for handlers only.

    token: of the form, from which the receipt comes. Raises NotTaken.
    """
    words = [f"{came.label} {format_date(came_on)}", remark]
    return enter(scope, key, way=Way.PAPER, told=told, identity=identity, token=token, note="\n".join(words))


@transaction.atomic
def enter(scope: Scope, key: Key, *, way: Way, told: Told, identity: Identity | None, token: str, note: str) -> Taken:
    """Take a report in by the hand of a holder; the note says so in it. The same form again changes nothing."""
    receipt = receiving.receipt_of(token)
    report = receiving.submit(scope.agency, way=way, told=told, receipt=receipt, identity=identity)
    if _is_new(report):
        said = say_as(scope, key, Kind.NOTE, note, act=way.value)
        sealed = seal_value(plain(said), report.case_key)
        Message.objects.create(report=report, is_dialogue=False, sealed=sealed)
    return Taken(report, receipt)


def _is_new(report: Report) -> bool:
    """Whether nothing stands in a case but who reported."""
    return report.messages.count() == 1
