"""Attackers begin with nothing counted against them."""

import pytest

from prongsai.web.complaints import limits


@pytest.fixture(autouse=True)
def _uncounted() -> None:
    limits.forget()
