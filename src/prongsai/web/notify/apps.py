"""The app for Django."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    """Name and label."""

    name = "prongsai.web.notify"
    label = "notify"
