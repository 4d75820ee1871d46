"""The app for Django."""

from django.apps import AppConfig


class CyclesConfig(AppConfig):
    """Name and label."""

    name = "prongsai.web.cycles"
    label = "cycles"
