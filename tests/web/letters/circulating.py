"""People for circulars: a made-up staff as large as asked, circulars sent to it, and files that are read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from prongsai.web.agencies.models import Agency, Appointment, Membership, Person, Post, Unit, User
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.models import Evidence
from prongsai.web.evidence.services import add_evidence, keep_file
from prongsai.web.letters.models import Circular
from prongsai.web.letters.services import circulars as services
from tests.web import office

# A page is enough of a PDF for the check of types.
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
PDF += b"trailer<</Root 1 0 R>>\n%%EOF\n"


def hire(agency: Agency, n: int, unit: str = "กองช่าง", *, joined_on: date = office.SINCE) -> list[Person]:
    """Make n people with a post each in a unit, without accounts."""
    where = office.unit(agency, unit)
    first = Person.objects.count()
    people = Person.objects.bulk_create(
        Person(agency=agency, prefix="นาย", given_name=f"ช่างที่{first + i}", family_name="ตั้งใจดี", joined_on=joined_on)
        for i in range(n)
    )
    posts = Post.objects.bulk_create(
        Post(agency=agency, unit=where, title="คนงาน", place=100, valid_from=joined_on) for _ in people
    )
    Appointment.objects.bulk_create(
        Appointment(agency=agency, person=person, post=post, valid_from=joined_on)
        for person, post in zip(people, posts, strict=True)
    )
    return people


def give_accounts(agency: Agency, people: list[Person]) -> None:
    """Give people an account and an address each."""
    users = User.objects.bulk_create(User(username=f"u{one.pk}", password="!") for one in people)
    Membership.objects.bulk_create(
        Membership(agency=agency, user=user, person=one) for user, one in zip(users, people, strict=True)
    )
    for one in people:
        one.email = f"u{one.pk}@example.com"
    Person.objects.bulk_update(people, ["email"])


def as_person(agency: Agency, person: Person, today: date | None = None) -> Scope:
    """Give the scope of somebody who has no role, today or another day."""
    found = Scope(agency, None, person, frozenset(), frozenset())
    return replace(found, today=today) if today else found


def draft(scope: Scope, **values: Any) -> Circular:
    """Make a draft that may be sent."""
    return services.add_circular(scope, **{"title": "ประกาศไม่รับของขวัญ", "message": "ให้ทุกคนทราบและถือปฏิบัติ", **values})


def sent(scope: Scope, *, days_ago: int = 0, **values: Any) -> Circular:
    """Make a circular and send it, some days ago."""
    then = replace(scope, today=scope.today - timedelta(days=days_ago))
    made = draft(then, **values)
    return services.send_circular(then, circular=made, version=made.version)


def paper(scope: Scope, title: str = "ประกาศ") -> Evidence:
    """Keep a PDF as evidence."""
    return add_evidence(scope, title=title, file=keep_file(scope, name=f"{title}.pdf", content=PDF + title.encode()))


def scan(words: str = "หนึ่ง") -> SimpleUploadedFile:
    """A scan to upload."""
    return SimpleUploadedFile(f"บัญชี {words}.pdf", PDF + words.encode(), content_type="application/pdf")


def person_of(agency: Agency, role: Role) -> Person:
    """Give the person in a role."""
    return Person.objects.get(memberships__user=office.user(agency, role))


def under(agency: Agency, parent: str, name: str) -> Unit:
    """Make a unit under another."""
    above = office.unit(agency, parent)
    return Unit.objects.create(agency=agency, name=name, kind="section", parent=above, place=1)
