"""The app for Django."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """Name and label."""

    name = "prongsai.web.letters"
    label = "letters"
