"""The form of the public site."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.forms.agency import PictureField
from prongsai.web.disclosure.models import Site
from prongsai.web.ui.forms import VersionedForm

CHANNELS_MAX = 20
_BAR = "|"


class ChannelsField(forms.CharField):
    """Other places of the office, one a line: ``Facebook | https://…``; in Python [{"name", "address"}]."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        """Show a line a place."""
        if isinstance(value, Sequence) and not isinstance(value, str):
            return "\n".join(f"{one['name']} {_BAR} {one['address']}" for one in value if isinstance(one, Mapping))
        return value

    def to_python(self, value: Any) -> Any:
        """Read the lines. Raises ValidationError that names the line."""
        if isinstance(value, list):
            return value
        lines = [line.strip() for line in str(value or "").splitlines() if line.strip()]
        if len(lines) > CHANNELS_MAX:
            raise ValidationError(_("ใส่ได้ไม่เกิน ๒๐ ช่องทาง"))
        return [_channel(line) for line in lines]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare as lists."""
        return bool((initial or []) != data)


def _channel(line: str) -> dict[str, str]:
    name, bar, address = (part.strip() for part in line.partition(_BAR))
    if not name or not bar or not is_web(address):
        message = _("เขียนบรรทัดละช่องทางแบบ “ชื่อ | https://…” บรรทัดที่อ่านไม่ได้คือ “%(line)s”")
        raise ValidationError(message, params={"line": line[:80]})
    return {"name": name[:120], "address": address[:300]}


def is_web(address: str) -> bool:
    """Whether an address is of the web, without somebody's name and password in it."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None


class SiteForm(VersionedForm):
    """Where the site stands, and what every page of it says of the office."""

    address = forms.URLField(
        label=_("ที่อยู่เว็บสาธารณะ"),
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text=_("เช่น https://open.example.go.th/ เว้นว่างถ้าใช้ที่อยู่ของระบบนี้ ที่อยู่ทุกหน้าที่นำไปยื่นขึ้นต้นด้วยค่านี้"),
    )
    app_address = forms.URLField(
        label=_("ที่อยู่ของระบบรับเรื่องออนไลน์"),
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text=_(
            "ที่อยู่ที่ประชาชนเปิดระบบนี้ได้ แบบฟอร์มถามตอบ ขอรับบริการ และร้องเรียน จะลิงก์มาที่นี่ เว้นว่างถ้าระบบนี้เปิดได้เฉพาะในสำนักงาน"
        ),
    )
    map_address = forms.URLField(label=_("ลิงก์แผนที่ออนไลน์"), required=False, max_length=500, assume_scheme="https")
    channels = ChannelsField(
        label=_("ช่องทางอื่นของหน่วยงาน"),
        required=False,
        help_text=_("บรรทัดละช่องทาง เช่น Facebook | https://www.facebook.com/…"),
    )
    picture = PictureField(
        label=_("แผนที่ตั้ง (ภาพ)"), help_text=_("PNG JPEG WebP หรือ GIF ไม่เกิน ๕ MB ระบบวาดใหม่ จึงไม่มีข้อมูลแฝงในภาพ")
    )
    picture_off = forms.BooleanField(label=_("ลบภาพแผนที่"), required=False)

    class Meta:
        """Fields in the order of the form."""

        model = Site
        fields = (
            "address", "app_address", "about", "about_en", "address_en", "fax", "hours", "directions", "map_address",
            "channels", "privacy_policy", "website_policy", "license_id",
        )  # fmt: skip
        widgets: ClassVar = {
            **{name: forms.Textarea(attrs={"rows": 3}) for name in ("about", "about_en", "directions")},
            "address_en": forms.Textarea(attrs={"rows": 2}),
            **{name: forms.Textarea(attrs={"rows": 8}) for name in ("privacy_policy", "website_policy")},
        }
        help_texts: ClassVar = {
            "hours": _("เช่น จันทร์–ศุกร์ ๘.๓๐–๑๖.๓๐ น."),
            "license_id": _("บอกผู้อื่นว่านำข้อมูลเปิดไปใช้ได้แค่ไหน ข้อมูลที่ไม่กำหนดถือว่านำไปใช้ต่อไม่ได้"),
            "privacy_policy": _("ย่อหน้าละบรรทัด เว้นว่างไว้จะแสดงข้อความกลางของระบบ"),
            "website_policy": _("ย่อหน้าละบรรทัด เว้นว่างไว้จะแสดงข้อความกลางของระบบ"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channels"].widget.attrs["rows"] = 3
        if not self.instance.map_picture_id:
            del self.fields["picture_off"]

    @property
    def values(self) -> dict[str, Any]:
        """The cleaned values of the record, without the picture."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    @property
    def new_picture(self) -> bytes | None:
        """The bytes of a new picture, empty to take it away, None to leave it."""
        if upload := self.cleaned_data.get("picture"):
            return bytes(upload.read())
        return b"" if self.cleaned_data.get("picture_off") else None

    def clean(self) -> dict[str, Any]:
        """Refuse addresses that no browser of a citizen opens, and parts of one that no site begins with."""
        given = super().clean() or self.cleaned_data
        for name in ("address", "app_address", "map_address"):
            if given.get(name) and not is_web(given[name]):
                self.add_error(name, _("ที่อยู่เว็บต้องขึ้นต้นด้วย http:// หรือ https:// และไม่มีชื่อผู้ใช้หรือรหัสผ่าน"))
        if given.get("address") and (urlsplit(given["address"]).query or urlsplit(given["address"]).fragment):
            self.add_error("address", _("ใส่เฉพาะที่อยู่หน้าแรกของเว็บ ไม่มีเครื่องหมาย ? หรือ #"))
        return given
