"""Two furnished offices, and folders that outlive a test, since the rows that name their files do."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import translation

from tests.web.separation import pair
from tests.web.separation.pair import Furnished, Pair


@pytest.fixture(scope="session")
def _folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("offices")


@pytest.fixture(autouse=True)
def _quick(settings, _folders: Path, tmp_path: Path) -> None:
    """As tests.web does, with the folders of the whole run."""
    translation.activate("th")
    cache.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.EVIDENCE_FOLDER = _folders / "files"
    settings.SITES_FOLDER = tmp_path / "sites"
    settings.SEALED_FOLDER = _folders / "sealed"
    settings.SURVEY_KEYS_FOLDER = _folders / "survey-keys"
    settings.PASSPHRASE_COST = (64, 1)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def alone(db) -> Furnished:
    """The office that asks, without any other."""
    return pair.alone()


@pytest.fixture
def both(alone: Furnished) -> Pair:
    """The office that asks and the other, whose every text is marked."""
    return pair.beside(alone)
