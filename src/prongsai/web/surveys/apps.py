"""The app for Django."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Name and label."""

    name = "prongsai.web.surveys"
    label = "surveys"
