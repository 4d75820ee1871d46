"""A made-up municipality in a database, somebody in every role, and signed-in clients."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.utils import translation

from prongsai.web.agencies import triggers
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope, system_scope
from tests.web import office
from tests.web.kept import begin_with


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Take the journal's triggers away: a test database is emptied after tests with transactions of their own.

    Those who test the triggers install them.
    """
    with django_db_blocker.unblock():
        triggers.remove(connection)


@pytest.fixture(autouse=True)
def _quick(settings, tmp_path: Path) -> None:
    """Thai, cheap passwords, plain static files, folders of its own for files and sites."""
    translation.activate("th")  # a page asked in English leaves its language in the thread
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.EVIDENCE_FOLDER = tmp_path / "files"
    settings.SITES_FOLDER = tmp_path / "sites"
    settings.SEALED_FOLDER = tmp_path / "sealed"
    settings.SURVEY_KEYS_FOLDER = tmp_path / "survey-keys"
    settings.PASSPHRASE_COST = (64, 1)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def agency(db) -> Agency:
    """The municipality with its units and a person in every role."""
    begin_with("office", office.build)
    return Agency.objects.get(code=office.CODE)


@pytest.fixture
def other_agency(agency: Agency) -> Agency:
    """Another municipality, whose objects nobody of the first may see."""
    return office.build(code="05170202", name="เทศบาลตำบลท่าหว้า", province="สิงห์บุรี", letters="สห ๕๒๗๐๒")


@pytest.fixture
def system(agency: Agency) -> Scope:
    """The software itself, in the municipality."""
    return system_scope(agency)


@pytest.fixture
def scope(agency: Agency) -> Callable[[Role], Scope]:
    """Somebody in a role: ``scope(Role.COORDINATOR)``."""
    return lambda role: office.scope(agency, role)


@pytest.fixture
def sign_in(agency: Agency) -> Callable[..., Client]:
    """A client signed in as somebody in a role: ``sign_in(Role.HEAD)``; ``htmx=True`` asks as htmx does."""

    def make(role: Role, *, of: Agency = agency, htmx: bool = False) -> Client:
        client = Client(headers={"HX-Request": "true"} if htmx else None)
        client.force_login(office.user(of, role), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return make
