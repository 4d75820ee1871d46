"""Setting Django up for a verb of the command line."""

import os
from pathlib import Path

import django

_SETTINGS = "prongsai.web.settings"


def start(data: Path | None = None) -> None:
    """Set Django up on the data folder, by default that of ``PRONGSAI_DATA``."""
    if data is not None:
        os.environ["PRONGSAI_DATA"] = str(data)
    os.environ["DJANGO_SETTINGS_MODULE"] = _SETTINGS
    django.setup()
