"""The app for Django."""

from django.apps import AppConfig


class HandoverConfig(AppConfig):
    """Name and label."""

    name = "prongsai.web.handover"
    label = "handover"
