"""The app for Django."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """Name and label."""

    name = "prongsai.web.disclosure"
    label = "disclosure"
