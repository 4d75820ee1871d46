"""Fields of letters: lines, people by name, records of the agency."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prongsai.thai.text import collapse, fold, normalise
from prongsai.web.agencies.models import Appointment, Capacity, Person
from prongsai.web.agencies.queries import people_on
from prongsai.web.agencies.scope import Scope

PEOPLE_LIST = "people"
NAMES_NEAR = 3
LIKE_MIN = 70


class LinesField(forms.CharField):
    """Lines of text, one thing each; blank ones are left out."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show a line each."""
        return "\n".join(map(str, value)) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        """Give the lines, white space in one spelling."""
        text = str(super().clean(value) or "")
        return [line for line in map(collapse, normalise(text).splitlines()) if line]


class Staff:
    """Who serves today, by name: for look-ups of a whole form with two queries."""

    def __init__(self, scope: Scope) -> None:
        held = Appointment.objects.filter(agency=scope.agency).on(scope.today).select_related("post")
        self.posts: dict[int, str] = {}
        for one in sorted(held, key=lambda one: one.capacity != Capacity.SELF):
            self.posts.setdefault(one.person_id, one.post.title)
        self.people: dict[str, list[Person]] = {}
        for person in people_on(scope.agency, scope.today):
            self.people.setdefault(_key(str(person)), []).append(person)

    @property
    def options(self) -> list[tuple[str, str]]:
        """What the page offers: a name and the post beside it."""
        return [(str(one), self.posts.get(one.pk, "")) for found in self.people.values() for one in found]

    def find(self, text: str) -> Person:
        """Give who is named. Raises ValidationError with the nearest names."""
        key = _key(text)
        found = self.people.get(key) or self._without_prefix(key)
        if len(found) > 1:
            raise ValidationError(_("มีบุคคลชื่อ “%(name)s” หลายคน แก้ชื่อในทะเบียนให้ต่างกันก่อน"), params={"name": text})
        if found:
            return found[0]
        near = ", ".join(self._near(key))
        told = _("ไม่พบ “%(name)s” ในทะเบียนบุคลากร ใกล้เคียงคือ %(near)s") if near else _("ไม่พบ “%(name)s” ในทะเบียนบุคลากร")
        raise ValidationError(told, params={"name": text, "near": near})

    def _without_prefix(self, key: str) -> list[Person]:
        return [one for found in self.people.values() for one in found if _bare(one) == key or _bare(one) == _name(key)]

    def _near(self, key: str) -> list[str]:
        from rapidfuzz import fuzz, process  # noqa: PLC0415  # reason: 30 ms that only a failed look-up should pay

        found = process.extract(key, list(self.people), scorer=fuzz.ratio, limit=NAMES_NEAR, score_cutoff=LIKE_MIN)
        return [str(self.people[name][0]) for name, _score, _at in found]


def _key(text: str) -> str:
    return fold(text)


def _bare(person: Person) -> str:
    return fold(person.given_name + person.family_name)


def _name(key: str) -> str:
    from prongsai.thai.names import name_key, read_name  # noqa: PLC0415  # reason: only for names typed without a title

    read = read_name(key)
    return name_key(read) if read else key


class PersonField(forms.CharField):
    """Somebody of the staff, by name; the page has ``<datalist id="people">``. Give ``staff`` before cleaning."""

    staff: Staff

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"list": PEOPLE_LIST, "autocomplete": "off"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        """Give the Person, None for nothing. Raises ValidationError with the nearest names."""
        text = collapse(str(super().clean(value) or ""))
        return self.staff.find(text) if text else None
