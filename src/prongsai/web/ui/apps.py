"""The app for Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Name and label."""

    name = "prongsai.web.ui"
    label = "ui"
