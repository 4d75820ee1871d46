"""An office of the province, who looks in it, and many small agencies with figures of their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles import services as cycles
from prongsai.web.cycles.models import Cycle
from prongsai.web.mentor.access import Desk
from prongsai.web.mentor.models import Level, Office
from tests.web import objects_mentor

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def province_office(agency: Agency) -> Office:
    """An office of the province in which the municipality lies."""
    return objects_mentor.office(agency, Level.PROVINCE)


@pytest.fixture
def desk(province_office: Office) -> Desk:
    """Somebody who looks in it."""
    return Desk(province_office, objects_mentor.mentor(province_office))


@pytest.fixture
def look() -> Callable[[Desk], Client]:
    """Sign in as who sits at a desk."""

    def make(desk: Desk) -> Client:
        client = Client()
        client.force_login(desk.mentor.user, backend=BACKEND)
        return client

    return make


@pytest.fixture
def cycle(system: Scope) -> Cycle:
    """The municipality's open cycle."""
    return cycles.open_cycle(system, framework_id="ita-2569")
