"""The app for Django."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Name and label; brings the checks in."""

    name = "prongsai.web.operations"
    label = "operations"

    def ready(self) -> None:
        """Register the checks."""
        from prongsai.web.operations import checks  # noqa: F401, PLC0415  # reason: needs the loaded models
