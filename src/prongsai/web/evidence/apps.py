"""The app for Django."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Name and label."""

    name = "prongsai.web.evidence"
    label = "evidence"
