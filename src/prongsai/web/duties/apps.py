"""The app for Django."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """Name and label."""

    name = "prongsai.web.duties"
    label = "duties"
