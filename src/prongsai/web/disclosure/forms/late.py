"""A form that came too late."""

from typing import Any

from django.db import models
from django.forms import BaseForm


def renewed(form: BaseForm, current: models.Model) -> None:
    """Let it be sent again: what was typed stays, the version becomes the current one."""
    data: Any = form.data
    data = data.copy()  # a QueryDict: it keeps every value of a name
    data[form.add_prefix("version")] = str(vars(current)["version"])
    form.data = data
