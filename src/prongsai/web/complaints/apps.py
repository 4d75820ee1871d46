"""The app for Django."""

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    """Name and label."""

    name = "prongsai.web.complaints"
    label = "complaints"
