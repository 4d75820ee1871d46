"""Where a present site begins."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prongsai.web.disclosure.models import ADDRESS_MAX
from prongsai.web.evidence.models import check_address


class WalkForm(forms.Form):
    """The home page of the office's present site."""

    home = forms.URLField(
        label=_("ที่อยู่เว็บไซต์ปัจจุบันของหน่วยงาน"),
        max_length=ADDRESS_MAX,
        assume_scheme="https",
        help_text=_("หน้าแรกของเว็บไซต์"),
    )

    def clean_home(self) -> str:
        """Refuse what is no web address."""
        home: str = self.cleaned_data["home"]
        try:
            check_address(home)
        except ValidationError as refusal:
            raise ValidationError(refusal.messages) from refusal
        return home
