"""Somebody who runs the installation, and the list of codes as the samples have it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from prongsai.web.agencies.models import User
from prongsai.web.directory.models import CodeList, Operator
from prongsai.web.directory.scope import Installation
from prongsai.web.directory.services import code_lists

SAMPLES = Path(__file__).parents[3] / "samples" / "directory"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def link(token: str) -> str:
    return f"https://prongsai.example.go.th/invitation/{token}/"


def take_in(installation: Installation, content: bytes, day: date = date(2026, 10, 1)) -> CodeList:
    return code_lists.take_in(installation, content=content, name="codes.csv", source="กรมส่งเสริมฯ", as_of=day)


@pytest.fixture
def operator(db) -> Operator:
    """Who runs the installation, and is of no agency."""
    user = User.objects.create(username="server", first_name="ธนา", last_name="ดูแลเครื่อง")
    return Operator.objects.create(user=user)


@pytest.fixture
def installation(operator: Operator) -> Installation:
    return Installation(operator.user)


@pytest.fixture
def client(operator: Operator) -> Client:
    """A browser in which the operator is signed in."""
    made = Client()
    made.force_login(operator.user, backend=BACKEND)
    return made


@pytest.fixture
def content() -> bytes:
    return (SAMPLES / "codes-2569.csv").read_bytes()


@pytest.fixture
def codes(installation: Installation, content: bytes) -> CodeList:
    """The list of the samples, accepted."""
    made = take_in(installation, content)
    code_lists.accept(installation, code_list=made)
    return made
