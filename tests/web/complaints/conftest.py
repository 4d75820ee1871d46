"""An opened channel, and clients of those who hold its keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from prongsai.web.agencies.models import Agency, User
from prongsai.web.complaints.models import Channel
from tests.web.complaints import office_keys
from tests.web.kept import begin_with


@pytest.fixture
def channel(agency: Agency) -> Channel:
    """The municipality's channel, open: three handlers, a supervisor, a fallback, three keepers, one of them outside."""
    begin_with("channel", lambda: office_keys.build(agency))
    return Channel.objects.get(agency=agency)


@pytest.fixture
def signed_in(agency: Agency) -> Callable[[str], Client]:
    """A client signed in as anybody, outsiders too: ``signed_in(office_keys.SUPERVISOR)``; nothing is unlocked."""

    def make(who: str) -> Client:
        client = Client()
        user = User.objects.get(username=f"{who}-{agency.code}")
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return make


@pytest.fixture
def handler_client(agency: Agency, channel: Channel, signed_in: Callable[[str], Client]) -> Callable[..., Client]:
    """A client signed in and unlocked: ``handler_client(Role.LEGAL)``; any holder of the channel."""

    def make(who: str, passphrase: str = office_keys.PASSPHRASE) -> Client:
        client = signed_in(who)
        answer = client.post(reverse("complaints_unlock", args=[agency.code]), {"passphrase": passphrase})
        assert answer.status_code == 302, "not unlocked"
        return client

    return make
