"""Somebody who runs the installation, and tables of results as they are published."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from prongsai.frameworks.load import load
from prongsai.web.agencies.models import User
from prongsai.web.directory.models import Operator
from prongsai.web.directory.scope import Installation
from tests.comparison import made

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def sites(settings, tmp_path: Path) -> Path:
    settings.SITES_FOLDER = tmp_path / "sites"
    return tmp_path / "sites"


@pytest.fixture
def operator(db) -> Operator:
    user = User.objects.create(username="server", first_name="ธนา", last_name="ดูแลเครื่อง")
    return Operator.objects.create(user=user)


@pytest.fixture
def installation(operator: Operator) -> Installation:
    return Installation(operator.user)


@pytest.fixture
def client(operator: Operator) -> Client:
    made_client = Client()
    made_client.force_login(operator.user, backend=BACKEND)
    return made_client


def rows(year: int = 2567, count: int = 8, seed: int = 1) -> list[list[str]]:
    """Give a right table of a year."""
    who = made.agencies(count, ["ลพบุรี", "อ่างทอง"])
    return made.rows_of(made.results(load(f"ita-{year}"), who, seed))


def content(table: list[list[str]]) -> bytes:
    return made.as_csv(table)
