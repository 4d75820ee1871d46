"""What the papers of a training print: the project, and the list on which people sign."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any

from django.utils.translation import override

from prongsai.registers.derive import rows_of
from prongsai.reports.forms import attendance_list, training_project
from prongsai.reports.forms.attendance_list import AttendanceList, Attendee
from prongsai.reports.forms.training_project import Session, TrainingProject
from prongsai.reports.forms.values import Period
from prongsai.reports.register_values import amount, day, items, paragraphs, text
from prongsai.web.agencies.models import Appointment, Employment
from prongsai.web.agencies.queries import people_on
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import edition_of
from prongsai.web.registers.rules._meeting_papers import positions
from prongsai.web.registers.rules._meetings import Row, row_of
from prongsai.web.registers.rules._rows import id_of
from prongsai.web.registers.rules._signatures import asker, executive

SIGNED_TH = "ลงชื่อแล้ว"
ATTENDANCE = "attendance"
_DAYS_MAX = 5  # of a list made before anybody came; longer trainings print theirs day by day
_NO_STAFF = (Employment.ELECTED, Employment.OUTSIDE)


@override("th")
def project(scope: Scope, entry: Entry) -> dict[str, Any]:
    """Give what the project of a training prints; proposed by who asks, approved by who leads on that day."""
    own = row_of(entry)
    found: dict[str, Any] = training_project.to_json(
        TrainingProject(
            agency=scope.agency.name,
            project=text(own.values, "name"),
            unit=text(own.values, "unit"),
            principle=paragraphs(own.values, "principle"),
            objectives=items(own.values, "objectives"),
            targets=items(own.values, "targets"),
            methods=items(own.values, "methods"),
            period=_period(own),
            hours=amount(own.values, "hours"),
            place=text(own.values, "place"),
            speaker=text(own.values, "speaker"),
            budget_thb=amount(own.values, "budget_thb"),
            expected=items(own.values, "expected"),
            schedule=tuple(_sessions(own)),
            proposer=asker(scope),
            approver=executive(scope, day(own.values, "approved_on") or scope.today),
        )
    )
    return found


def _period(own: Row) -> Period | None:
    first, last = day(own.values, "starts_on"), day(own.values, "ends_on")
    return Period(first, last) if first and last else None


def _sessions(own: Row) -> Iterator[Session]:
    for row in rows_of(own.values.get("schedule")):
        on, starts, ends = row.get("day"), row.get("starts"), row.get("ends")
        if isinstance(on, date) and isinstance(starts, time) and isinstance(ends, time):
            yield Session(on, starts, ends, text(row, "topic"), text(row, "speaker"))


# --- the list -------------------------------------------------------------------------------------------------------
@override("th")
def attendance(scope: Scope, entry: Entry) -> dict[str, Any]:
    """Give the list of who signed; before anybody is entered, of the staff who may, to be signed by hand."""
    own = row_of(entry)
    came = tuple(_came(scope, entry)) or tuple(_may_come(scope, own))
    found: dict[str, Any] = attendance_list.to_json(
        AttendanceList(scope.agency.name, text(own.values, "name"), _period(own), text(own.values, "place"), came)
    )
    return found


def _came(scope: Scope, entry: Entry) -> Iterator[Attendee]:
    states = edition_of(ATTENDANCE, 0).counted_states
    found = Entry.objects.filter(agency=scope.agency, register=ATTENDANCE, state__in=states)
    found = found.filter(links__field="training", links__target=entry).order_by("dated_on", "number", "pk")
    rows = [row_of(one) for one in found.defer("found_by")]
    posts = positions(scope, [one.values.get("person") for one in rows], entry.dated_on)
    for one in rows:
        sessions = one.values.get("sessions")
        signed = sessions if isinstance(sessions, tuple) else ()
        yield Attendee(
            on=one.entry.dated_on,
            name=one.text("person") or one.text("name"),
            position=one.text("position") or posts.get(id_of(one.values.get("person")) or 0, ""),
            unit=one.text("unit"),
            morning=SIGNED_TH if "am" in signed else "",
            afternoon=SIGNED_TH if "pm" in signed else "",
        )


def _may_come(scope: Scope, own: Row) -> Iterator[Attendee]:
    span = _period(own)
    if span is None:
        return
    staff = list(people_on(scope.agency, span.start).exclude(employment__in=_NO_STAFF))
    held = Appointment.objects.filter(agency=scope.agency, person__in=staff).on(span.start)
    posts = {one.person_id: one.post for one in held.select_related("post__unit").order_by("-post__place", "-pk")}
    days = min((span.end - span.start).days + 1, _DAYS_MAX)
    for on in (span.start + timedelta(days=number) for number in range(days)):
        for one in staff:
            post = posts.get(one.pk)
            unit = str(post.unit) if post and post.unit else ""
            yield Attendee(on, str(one), str(post or ""), unit, "", "")
