"""An agency lets an office see its figures, and stops doing so."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.mentor.models import Office, Participation, Standing
from prongsai.web.mentor.services.refreshing import refresh


@transaction.atomic
def join(scope: Scope, *, office: Office, shows_examples: bool = False) -> Participation:
    """Let an office see the agency's figures from now on, and count them.

    Raises ValidationError for an office that looks elsewhere, or that sees them already.
    """
    journal.take_turn(scope.agency)
    if not office.covers(scope.agency):
        raise ValidationError(_("หน่วยงานพี่เลี้ยงนี้ไม่ได้ดูแลพื้นที่ของหน่วยงานท่าน"))
    if Participation.objects.filter(agency=scope.agency, office=office, left_on__isnull=True).exists():
        raise ValidationError(_("หน่วยงานของท่านเข้าร่วมกับหน่วยงานพี่เลี้ยงนี้อยู่แล้ว"))
    made = Participation(
        agency=scope.agency,
        office=office,
        joined_on=scope.today,
        joined_by=scope.user,
        shows_examples=shows_examples,
    )
    journal.create(scope, made, "mentor.join")
    refresh(agency=scope.agency)
    return made


@transaction.atomic
def leave(scope: Scope, *, participation: Participation, version: int | None = None) -> Participation:
    """Let the office see nothing from now on; the last one that is left takes the figures with it.

    Raises ValidationError for one that was left already, Stale.
    """
    journal.take_turn(scope.agency)
    if participation.left_on:
        raise ValidationError(_("หน่วยงานของท่านออกจากหน่วยงานพี่เลี้ยงนี้ไปแล้ว"))
    values = {"left_on": scope.today, "left_by": scope.user, "shows_examples": False}
    journal.change(scope, participation, "mentor.leave", version=version, **values)
    if not Participation.objects.filter(agency=scope.agency, left_on__isnull=True).exists():
        Standing.objects.filter(agency=scope.agency).delete()
    return participation


def show_examples(
    scope: Scope, *, participation: Participation, shown: bool, version: int | None = None
) -> Participation:
    """Let an office show the agency's good public pages as examples, or stop it. Raises ValidationError, Stale."""
    if participation.left_on:
        raise ValidationError(_("หน่วยงานของท่านออกจากหน่วยงานพี่เลี้ยงนี้ไปแล้ว"))
    return journal.change(scope, participation, "mentor.examples", version=version, shows_examples=shown)
