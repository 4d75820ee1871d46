"""Who signs the papers of entries: who asks for one, who leads the office, who guards personal data."""

from datetime import date

from prongsai.reports.forms.signing import NOBODY, Signed
from prongsai.web.agencies.models import Appointment
from prongsai.web.agencies.queries import signature_lines, top_executive
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope


def asker(scope: Scope, on: date | None = None) -> Signed:
    """Give who asks, by the post held today. on: the day under the signature."""
    if scope.person is None:
        return NOBODY
    held = Appointment.objects.filter(agency=scope.agency, person=scope.person).on(scope.today)
    first = held.select_related("post").order_by("post__place", "pk").first()
    return Signed(str(scope.person), _post(first, scope.today), on=on)


def executive(scope: Scope, day: date, on: date | None = None) -> Signed:
    """Give who led the office on a day. on: the day under the signature."""
    found = top_executive(scope.agency, day)
    return Signed(str(found.person), _post(found, day), on=on) if found else NOBODY


def privacy_officer(scope: Scope, on: date | None = None) -> Signed:
    """Give who guards personal data today; NOBODY where no post has that role. on: the day under the signature."""
    held = Appointment.objects.filter(agency=scope.agency, post__roles__role=Role.PRIVACY).on(scope.today)
    first = held.select_related("person", "post").order_by("post__place", "pk").first()
    return Signed(str(first.person), _post(first, scope.today), on=on) if first else NOBODY


def _post(held: Appointment | None, day: date) -> str:
    return " ".join(signature_lines(held, day)) if held else ""
