"""Offices that look where an agency lies: one that it may join, one that sees it and has written to it."""

from __future__ import annotations

from typing import Any

from prongsai.web.agencies.models import Agency, User
from prongsai.web.agencies.scope import system_scope
from prongsai.web.mentor.access import Desk
from prongsai.web.mentor.models import Level, Mentor, Office, Receipt
from prongsai.web.mentor.services import joining, messages

PK = {
    "mentor:join": "mentor_office",
    "mentor:leave": "participation",
    "mentor:examples": "participation",
    "mentor:message": "receipt",
    "mentor:acknowledge": "receipt",
    "mentor:answer": "receipt",
}


def office(agency: Agency, level: str = Level.DISTRICT) -> Office:
    """Make an office that looks where an agency lies."""
    place = {
        Level.DISTRICT: {"province": agency.province, "district": agency.district},
        Level.PROVINCE: {"province": agency.province},
    }
    name = f"พี่เลี้ยง {Office.objects.count() + 1} {agency.province}"
    return Office.objects.create(name=name, level=level, **place.get(Level(level), {}))


def mentor(at: Office) -> Mentor:
    """Make somebody who looks in an office."""
    user = User.objects.create(username=f"mentor-{User.objects.count()}", first_name="พี่เลี้ยง", last_name="ใจดี")
    return Mentor.objects.create(office=at, user=user)


def build(agency: Agency, made: dict[str, Any]) -> dict[str, Any]:
    """Make both offices."""
    joined = office(agency, Level.PROVINCE)
    part = joining.join(system_scope(agency), office=joined)
    desk = Desk(joined, mentor(joined))
    sent = messages.send(
        desk, subject="ขอทราบแผน", text="ขอทราบกำหนดเผยแพร่", due_on=None, agencies=[agency.pk], to_text=agency.name
    )
    return {
        "mentor_office": office(agency),
        "joined_office": joined,
        "participation": part,
        "desk": desk,
        "receipt": Receipt.objects.get(message=sent),
    }
