"""The app for Django."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    """Name and label."""

    name = "prongsai.web.results"
    label = "results"
