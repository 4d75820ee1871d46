"""Showing on a form what a service refused."""

from django import forms
from django.core.exceptions import ValidationError

from prongsai.errors import ProngsaiError


def refuse(form: forms.BaseForm, refused: ValidationError | ProngsaiError) -> None:
    """Put what was refused beside the fields that it is about; what is about no field of the form on top."""
    if isinstance(refused, ProngsaiError):
        form.add_error(None, refused.one_line)
    elif hasattr(refused, "error_dict"):
        for name, errors in refused.error_dict.items():
            form.add_error(name if name in form.fields else None, errors)
    else:
        form.add_error(None, refused)
