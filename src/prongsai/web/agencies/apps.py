"""The app for Django."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Name and label; what signing in leaves in the journal."""

    name = "prongsai.web.agencies"
    label = "agencies"

    def ready(self) -> None:
        """Listen to the sign-in packages."""
        from prongsai.web.agencies import sign_in  # noqa: PLC0415  # reason: needs the models

        sign_in.connect()
