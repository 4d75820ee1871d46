"""Where a present site begins."""

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.web.evidence.forms import AddressField


class WalkForm(forms.Form):
    """The home page of the office's present site."""

    home = AddressField(label=_("ที่อยู่เว็บไซต์ปัจจุบันของหน่วยงาน"), help_text=_("หน้าแรกของเว็บไซต์"))
