"""The app for Django."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    """Name and label."""

    name = "prongsai.web.registers"
    label = "registers"
