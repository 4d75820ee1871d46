"""The app for Django."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Name and label."""

    name = "prongsai.web.directory"
    label = "directory"
