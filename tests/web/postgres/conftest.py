"""Installations of their own."""

from tests.web.operations.conftest import prepared, prepared_once  # noqa: F401
