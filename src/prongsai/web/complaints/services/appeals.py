"""Appeals against an evaluation: rounds in clear, what is filed in them sealed like any other report.

Nothing tells that somebody has filed: not even a mark that would keep them from filing twice, for whoever reads the
database could work it out for everybody. Who files twice is seen by the handlers.
"""

from collections.abc import Collection, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from prongsai.privacy.seal.receipts import Receipt
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Person
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.contents import FileKey, Identity, Mode, Told
from prongsai.web.complaints.models import AppealRound, Category, Way
from prongsai.web.complaints.queries.appeals import accused_by, open_for
from prongsai.web.complaints.services import receiving

EVALUATED = "ผู้รับการประเมิน"  # a word of the journal


@transaction.atomic
def add_round(
    scope: Scope, *, name: str, opens_on: date, closes_on: date, evaluated: Collection[Person]
) -> AppealRound:
    """Open a round. evaluated: who may complain in it. Raises ValidationError."""
    journal.take_turn(scope.agency)
    _check(scope, evaluated)
    made = AppealRound(agency=scope.agency, name=name, opens_on=opens_on, closes_on=closes_on)
    journal.create(scope, made, "appeal.round.add")
    made.evaluated.set(evaluated)
    return made


@transaction.atomic
def change_round(
    scope: Scope,
    *,
    round: AppealRound,
    version: int | None,
    name: str,
    opens_on: date,
    closes_on: date,
    evaluated: Collection[Person],
) -> AppealRound:
    """Change a round: its name, its days, who was evaluated. Raises Stale, ValidationError."""
    journal.take_turn(scope.agency)
    _check(scope, evaluated)
    before = set(round.evaluated.all())
    values = {"name": name, "opens_on": opens_on, "closes_on": closes_on}
    changed = journal.change(scope, round, "appeal.round.change", version=version, **values)
    if before != set(evaluated):
        changed.evaluated.set(evaluated)
        told = (_names(before), _names(evaluated))
        journal.note(scope, "appeal.round.people", changed, {EVALUATED: told})
    return changed


def _check(scope: Scope, evaluated: Collection[Person]) -> None:
    if not evaluated:
        raise ValidationError({"evaluated": _("เลือกผู้รับการประเมินอย่างน้อยหนึ่งคน")})
    if any(one.agency_id != scope.agency.pk for one in evaluated):
        raise ValidationError({"evaluated": _("ผู้รับการประเมินต้องเป็นคนของหน่วยงานนี้")})


def _names(people: Collection[Person]) -> list[str]:
    return sorted(str(one) for one in people)


def file_appeal(
    scope: Scope,
    *,
    round: AppealRound,
    evaluator: Person,
    result: str,
    reason: str,
    files: Sequence[FileKey] = (),
    token: str,
) -> Receipt:
    """File an appeal for whoever asks, who is named in it. It goes to nobody who evaluated them or stands over those.

    token: of the form, from which the receipt comes. No line of it is written anywhere. Raises ValidationError for who
    was not evaluated in the round, outside its days, for an evaluator who is oneself or not of the office; NotTaken.
    """
    person = scope.person
    if person is None or not open_for(scope).filter(pk=round.pk).exists():
        raise ValidationError(_("ร้องเรียนได้เฉพาะผู้รับการประเมินในรอบนี้ ภายในวันที่กำหนด"))
    if evaluator.pk == person.pk or evaluator.agency_id != scope.agency.pk:
        raise ValidationError({"evaluator": _("เลือกผู้ประเมินของท่าน")})
    receipt = receiving.receipt_of(token)
    told = Told(
        mode=Mode.NAMED,
        category=Category.EVALUATION.value,
        what=f"{round.name}\n{result}\n\n{reason}",
        accused=(accused_by(scope, evaluator),),
        files=tuple(files),
        round_id=round.pk,
    )
    identity = Identity(
        name=str(person), phone=person.phone, email=person.email, note=accused_by(scope, person).position
    )
    receiving.submit(scope.agency, way=Way.APPEAL, told=told, receipt=receipt, identity=identity)
    return receipt
