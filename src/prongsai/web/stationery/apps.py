"""The app for Django."""

from django.apps import AppConfig


class StationeryConfig(AppConfig):
    """Name and label."""

    name = "prongsai.web.stationery"
    label = "stationery"
