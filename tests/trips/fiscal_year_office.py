"""The office of the long trip: its clock, and a hand for each of its people, which works on the pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.messages import ERROR
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from prongsai.registers.load import of_year
from prongsai.registers.values import from_json
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.models import Agency, AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.duties.models import Occurrence
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.queries.periods import duty_key
from tests.trips.fiscal_year_forms import Typing
from tests.web import office

YEAR = 2569
BANGKOK = ZoneInfo("Asia/Bangkok")


@contextmanager
def clock() -> Iterator[None]:
    """Put the clock of the tests back to where it was."""
    was = timezone.ahead_in_tests
    try:
        yield
    finally:
        timezone.ahead_in_tests = was


@dataclass
class Office:
    """The municipality on a day of its year."""

    agency: Agency
    today: date = date(2025, 10, 1)
    hands: dict[str, Hand] = field(default_factory=dict)

    def on(self, of_month: int, month: int) -> None:
        """Let the days pass until the next such day."""
        wanted = next(day for year in (2025, 2026) if (day := date(year, month, of_month)) >= self.today)
        self.today = wanted
        noon = datetime.combine(wanted, time(12), BANGKOK)
        timezone.ahead_in_tests = noon - datetime.now(tz=UTC)

    def hand(self, role: Role | str) -> Hand:
        """Give somebody's hand; ``""`` is somebody from outside who never signed in."""
        if role not in self.hands:
            self.hands[role] = Hand(self, role)
        return self.hands[role]


@dataclass
class Hand:
    """Somebody at the pages: a role of the office."""

    office: Office
    role: Role | str
    client: Client = field(default_factory=lambda: Client(SERVER_NAME="localhost"))
    since: date | None = None

    # --- pages ------------------------------------------------------------------------------------------------------
    @property
    def scope(self) -> Scope:
        """The rights of who it is."""
        return office.scope(self.office.agency, Role(self.role))

    def _at(self, address: str) -> str:
        if self.role and self.since != self.office.today:  # a session does not outlive the days between
            user = office.user(self.office.agency, Role(self.role))
            self.client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
            self.since = self.office.today
        return f"/{self.office.agency.code}/{address}"

    def get(self, address: str, status: int = 200) -> HttpResponse:
        """Look at a page of the agency."""
        answer = self.client.get(self._at(address))
        assert answer.status_code == status, f"{self.role} {address}: {answer.status_code}"
        return answer

    def post(self, address: str, data: dict[str, Any] | None = None) -> str:
        """Send a form that is taken; give the address that it leads to, within the agency."""
        answer = self.client.post(self._at(address), data or {})
        said = getattr(getattr(answer, "wsgi_request", None), "_messages", None)
        wrong = [str(one) for one in getattr(said, "_queued_messages", ()) if one.level >= ERROR]
        assert (answer.status_code, wrong) == (302, []), f"{self.role} {address} {told(answer)} {wrong} {data}"
        return str(answer["Location"]).partition("#")[0].removeprefix(f"/{self.office.agency.code}/")

    def refused(self, address: str, data: dict[str, Any] | None = None) -> None:
        """See that what somebody sends is not theirs to do: it is not there, or the page says so and nothing is done."""
        before = AuditEntry.objects.count()
        answer = self.client.post(self._at(address), data or {})
        assert AuditEntry.objects.count() == before
        assert answer.status_code in (404, 422), f"{self.role} {address} {answer.status_code}"

    # --- entries of registers ---------------------------------------------------------------------------------------
    def _typing(self, year: int) -> Typing:
        return Typing(self.office.agency, self.scope.person, self.office.today, year)

    def add(self, register: str, *, year: int = 0, **given: Any) -> Entry:
        """Make an entry by the form. year: of a register whose entries are not dated."""
        asked = of_year(register, year or fiscal_year_be(self.office.today)).fields_at("")
        data = self._typing(year or fiscal_year_be(self.office.today)).fill(asked, given)
        to = self.post(f"registers/{register}/add/" + (f"?year={year}" if year else ""), data)
        return Entry.objects.get(pk=int(to.rstrip("/").rpartition("/")[2]))

    def change(self, entry: Entry, **given: Any) -> None:
        """Fill the form of an entry in anew; what is not given is typed as when it was made."""
        register = kept_of(self.office.agency, entry.register, entry.fiscal_year_be).register
        entry = Entry.objects.get(pk=entry.pk)
        done = {"", *entry.moves.values_list("move", flat=True)}
        data = self._typing(entry.fiscal_year_be).fill([one for one in register.fields if one.at in done], given)
        self.post(f"registers/{entry.register}/{entry.pk}/edit/", data | {"seen_version": entry.version})

    def move(self, entry: Entry, move: str, note: str = "", **given: Any) -> Entry:
        """Do the next step with an entry."""
        register = kept_of(self.office.agency, entry.register, entry.fiscal_year_be).register
        entry = Entry.objects.get(pk=entry.pk)
        typing = self._typing(entry.fiscal_year_be)
        data = typing.fill(register.fields_at(move), given)
        data |= {"seen_version": entry.version, "move_note": note}
        self.post(f"registers/{entry.register}/{entry.pk}/move/{move}/", data)
        return Entry.objects.get(pk=entry.pk)

    def report(self, entry: Entry, starts_on: date, **given: Any) -> None:
        """Report the progress of a plan's entry in the period that begins on a day."""
        register = kept_of(self.office.agency, entry.register, entry.fiscal_year_be).register
        assert register.progress
        plan = from_json(register.fields, entry.values)
        data = self._typing(entry.fiscal_year_be).fill(register.progress.fields, given, plan)
        self.post(f"registers/{entry.register}/{entry.pk}/progress/{starts_on}/", data)

    def bring_in(self, register: str, sheet: str, year: int = 0) -> None:
        """Bring a spreadsheet in, pasted as it stands, and save all of it."""
        file = SimpleUploadedFile(f"{register}.csv", sheet.encode())
        at = self.post(f"registers/{register}/import/", {"file": file} | ({"year": str(year)} if year else {}))
        batch = self.get(at).context["batch"]
        self.post(f"{at}save/", {"version": batch.version})
        batch.refresh_from_db()
        assert (batch.state, batch.n_new) == ("saved", len(sheet.splitlines()) - 1), (batch.state, batch.n_new)

    # --- as somebody from outside -----------------------------------------------------------------------------------
    def send(self, register: str, **given: str) -> None:
        """Send a form that is open to everybody."""
        at = f"open/{register}/send/"
        word = self.get(at).context["form"].fields["form_word"].initial
        answer = self.client.post(self._at(at), given | {"form_word": word})
        assert (answer.status_code, b'class="code"' in answer.content) == (200, True), f"{at} {told(answer)}"

    # --- periods and duties -----------------------------------------------------------------------------------------
    def settle(self, register: str, *places: int, year: int = YEAR) -> None:
        """Close periods of a register by their place, 1 the first; sign that there was nothing where it is so."""
        kept = kept_of(self.office.agency, register, year)
        periods = list(periods_of(self.office.agency, duty_key(kept.register), year))
        for place in places:
            at = f"registers/{register}/board/{periods[place - 1].pk}/"
            page = self.get(at)
            way = "none" if page.context["preview"].is_empty else "close"
            self.post(f"{at}{way}/")

    def record(self, duty: str, place: int = 1, *, result: str, year: int = YEAR, **more: Any) -> None:
        """Enter that a duty was done today, by its key and the place of its period."""
        one = list(periods_of(self.office.agency, duty, year))[place - 1]
        data = {"done_on": thai_day(self.office.today), "result": result, "version": one.version} | more
        self.post(f"duties/occurrences/{one.pk}/record/", data)


def thai_day(day: date) -> str:
    """Give a day as it is typed."""
    return f"{day.day}/{day.month}/{day.year + 543}"


def periods_of(agency: Agency, duty: str, year: int) -> Any:
    """Give the periods of a duty in a fiscal year (BE)."""
    return Occurrence.objects.filter(duty__agency=agency, duty__key=duty, duty__fiscal_year_be=year).order_by(
        "starts_on"
    )


def told(answer: HttpResponse) -> str:
    """Say what a page has against a form."""
    context = getattr(answer, "context", None) or {}
    found = [str(answer.status_code)]
    for name in ("form", "faults", "offers"):
        one = context.get(name) if hasattr(context, "get") else None
        if name == "offers" and one:
            found += [str(dict(form.errors)) for _offer, form in one if form is not None and form.is_bound]
        elif one is not None and getattr(one, "errors", None):
            found.append(str({key: [str(text) for text in texts] for key, texts in one.errors.items()}))
        elif isinstance(one, list | tuple) and one:
            found.append(str([str(each) for each in one]))
    return " ".join(found)
