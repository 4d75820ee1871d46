"""The app for Django."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class WorkConfig(AppConfig):
    """Name and label; brings in what each app has to do by itself."""

    name = "prongsai.web.work"
    label = "work"

    def ready(self) -> None:
        """Load ``jobs.py`` of every app that has one."""
        autodiscover_modules("jobs")
