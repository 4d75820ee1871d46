from __future__ import annotations

from pathlib import Path

import pytest

from prongsai.portal.build import publish
from tests.portal import sample


@pytest.fixture(scope="session")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rich site as it was published; nobody writes into it."""
    root = tmp_path_factory.mktemp("portal") / "site"
    publish(sample.site(), root)
    return root
