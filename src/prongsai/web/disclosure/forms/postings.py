"""What is said of a channel, and of a posting in one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure.models import Channel, Posting
from prongsai.web.evidence.forms import AddressField, SafeFileField
from prongsai.web.ui.forms import ThaiDateField, VersionedForm


class ChannelForm(VersionedForm):
    """A channel: its name, whether it is online, whether it is still used."""

    class Meta:
        model = Channel
        fields = ("name", "is_online", "is_open")


class PostingForm(forms.Form):
    """Where, when and what shows it. With neither address nor proof it is planned."""

    channel = forms.ModelChoiceField(queryset=Channel.objects.none(), label=_("ช่องทาง"))
    posted_on = ThaiDateField(
        label=_("วันที่โพสต์"), required=False, help_text=_("ยังไม่โพสต์ให้เว้นไว้ ระบบจะนับเป็นแผน เช่น 17/1/2569")
    )
    address = AddressField(label=_("ที่อยู่ของโพสต์ (URL)"), required=False)
    file = SafeFileField(label=_("หรือภาพหลักฐาน"), required=False, help_text=_("เช่น ภาพถ่ายบอร์ดประชาสัมพันธ์ ภาพหน้าจอ"))
    note = forms.CharField(label=_("หมายเหตุ"), required=False, max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, scope: Scope, *args: Any, posting: Posting | None = None, **kwargs: Any) -> None:
        if posting:
            kwargs["initial"] = {
                name: getattr(posting, name) for name in ("channel", "posted_on", "address", "note", "version")
            }
        super().__init__(*args, **kwargs)
        usable = Channel.objects.filter(agency=scope.agency, is_open=True)
        self.fields["channel"].queryset = usable  # type: ignore[attr-defined]
        if posting:
            del self.fields["channel"]
