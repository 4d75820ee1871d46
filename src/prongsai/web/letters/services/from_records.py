"""Letters that carry a report or an assignment memo of the platform: the rows are those that were frozen."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Unit
from prongsai.web.agencies.queries import top_executive
from prongsai.web.agencies.scope import Scope
from prongsai.web.letters.kinds import LETTER_PAPERS
from prongsai.web.letters.models import Letter, Origin
from prongsai.web.letters.queries.content import OPTIONS
from prongsai.web.letters.queries.letters import OVER
from prongsai.web.letters.services.writing import start_letter
from prongsai.web.plans.models import Dispatch, Report, ReportState
from prongsai.web.plans.records import memo_of, options_of
from prongsai.web.plans.services.dispatches import unsaved_tasks

GAP_MEMO = "gap-memo"
_UNITS = "หัวหน้าส่วนราชการทุกส่วน"  # a word of the paper


@transaction.atomic
def letter_of_report(scope: Scope, *, report: Report) -> Letter:
    """Begin the letter by which a report goes up to the head, who approves it by signing.

    Raises ValidationError for a report that was decided, or that has a letter already.
    """
    journal.take_turn(scope.agency)
    report.refresh_from_db()
    if report.state != ReportState.DRAFT or report.kind not in LETTER_PAPERS:
        raise ValidationError(_("รายงานนี้พิจารณาไปแล้ว หรือไม่มีหนังสือนำของชนิดนี้"))
    _refuse_second(letters_of_link(report=report))
    content = _bare(report.records)
    # Frozen with the rows: official scores that come later are not what was signed.
    content[OPTIONS] |= {"scores_year_be": options_of(report.cycle, report.kind).scores_year_be}
    content["memo"] = _head(scope, report.title, _to_top(scope))
    return _start(scope, report.kind, report.title, content, report=report)


@transaction.atomic
def letter_of_dispatch(scope: Scope, *, dispatch: Dispatch) -> Letter:
    """Begin the letter of an assignment memo, which is issued by its signature.

    Raises ValidationError for a memo that is issued, or that has a letter already.
    """
    journal.take_turn(scope.agency)
    dispatch.refresh_from_db()
    if dispatch.issued_on is not None:
        raise ValidationError(_("บันทึกนี้ออกไปแล้ว"))
    _refuse_second(letters_of_link(dispatch=dispatch))
    with override("th"):
        records = json.loads(json.dumps(memo_of(dispatch, unsaved_tasks(dispatch)).to_json()))
    content = _bare(records)
    content["memo"] = _head(scope, dispatch.subject, _UNITS)
    return _start(scope, GAP_MEMO, dispatch.subject, content, dispatch=dispatch)


def letters_of_link(**link: Any) -> "list[Letter]":
    """Give the letters that still carry something of the platform."""
    return list(Letter.objects.filter(**link).exclude(state__in=OVER).select_related("agency")[:1])


def _refuse_second(there: list[Letter]) -> None:
    if there:
        raise ValidationError(_("มีหนังสือของรายการนี้แล้ว: %(letter)s"), params={"letter": there[0]})


def _start(scope: Scope, paper: str, subject: str, content: Mapping[str, Any], **link: Any) -> Letter:
    unit = _own_unit(scope)
    return start_letter(scope, paper=paper, subject=subject, content=content, unit=unit, origin=Origin.RECORDS, **link)


def _bare(records: Mapping[str, Any]) -> dict[str, Any]:
    """Give records without what the letter itself brings: number, day, who signs."""
    return {**records, "signatories": [], "announced": None, "problems": [], OPTIONS: {"laws": [], "closing": None}}


def _head(scope: Scope, subject: str, to: str) -> dict[str, Any]:
    return {
        "office": office_line(scope, _own_unit(scope)),
        "number": None,
        "date": None,
        "subject": subject,
        "to": to,
        "date_text": None,
    }


def office_line(scope: Scope, unit: Unit | None) -> str:
    """Give the words after ส่วนราชการ: unit, agency and telephone."""
    phone = (unit.phone if unit else "") or scope.agency.phone
    names = [unit.name if unit else "", scope.agency.name, f"โทร. {phone}" if phone else ""]
    return " ".join(name for name in names if name)


def _own_unit(scope: Scope) -> Unit | None:
    units = list(Unit.objects.filter(agency=scope.agency, pk__in=scope.unit_ids).on(scope.today)[:1])
    return units[0] if units else None


def _to_top(scope: Scope) -> str:
    head = top_executive(scope.agency, scope.today)
    return head.post.title if head else "นายกเทศมนตรี"
