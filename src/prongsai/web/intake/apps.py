"""The app for Django."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Name and label."""

    name = "prongsai.web.intake"
    label = "intake"
