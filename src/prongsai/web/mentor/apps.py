"""The app for Django."""

from django.apps import AppConfig


class MentorConfig(AppConfig):
    """Name and label."""

    name = "prongsai.web.mentor"
    label = "mentor"
