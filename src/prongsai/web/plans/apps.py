"""The app for Django."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Name and label."""

    name = "prongsai.web.plans"
    label = "plans"
