"""The form by which corruption is told, on one page; nothing of what is typed leaves the request but into the boxes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core import signing
from django.forms.boundfield import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from prongsai.errors import ProngsaiError
from prongsai.web.complaints.contents import Accused, FileKey, Identity, Mode, Told
from prongsai.web.complaints.models import Category, Way
from prongsai.web.complaints.queries.reporting import Picks

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

ROWS = 3  # of accused
SHORT, LONG, LONGEST = 200, 5_000, 20_000
YOUNGEST_S, OLDEST_S = 3, 12 * 60 * 60
_OPENED = "prongsai.complaints.form"
_IDENTITY = ("name", "phone", "email", "address")
_PARTS = ("pick", "name", "position", "unit")
# Appeals against an evaluation come by a page of their own, from those who were evaluated.
_PUBLIC = (
    *(Category.BRIBE, Category.CORRUPTION, Category.PROCUREMENT, Category.BUDGET, Category.ABUSE),
    *(Category.PROPERTY, Category.PERSONNEL, Category.OTHER),
)
# Of what people inside see, budget that is spent for somebody's benefit stands first.
_STAFF = (Category.BUDGET, *(one for one in _PUBLIC if one is not Category.BUDGET))
_MODES = (
    (Mode.ANONYMOUS, _("ไม่เปิดเผยตน")),
    (Mode.CONFIDENTIAL, _("บอกชื่อ แต่ให้ปกปิด")),
    (Mode.NAMED, _("เปิดเผยชื่อ")),
)


class ManyFiles(forms.FileInput):
    """A field by which several files are chosen at once."""

    allow_multiple_selected = True


class FilesField(forms.Field):
    """Where errors about files are shown; the files themselves are sealed by the upload handler, not here."""

    widget = ManyFiles

    def clean(self, value: object) -> None:
        """Look at nothing."""


def _text(
    label: _StrPromise, hint: _StrPromise | str = "", *, most: int = LONG, needed: _StrPromise | str = ""
) -> forms.CharField:
    """Make a field of several lines. needed: what is said when it is empty; "" where it may be."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=most,
        required=bool(needed),
        error_messages={"required": needed},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _line(label: _StrPromise, hint: _StrPromise | str = "", **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=SHORT, required=False, **kwargs)


class ToldForm(forms.Form):
    """A form that tells on top of the page what is wrong, with links to where."""

    @property
    def faults(self) -> Iterator[tuple[str, str, str]]:
        """What is wrong: the id of the field, its label, what is said of it; "" for what is of no field."""
        for name, errors in sorted(self.errors.items(), key=lambda one: self._place(one[0])):
            field = self[name] if name in self.fields and not self[name].is_hidden else None
            for error in errors:
                yield (_target(field), str(field.label), str(error)) if field else ("", "", str(error))

    def _place(self, name: str) -> int:
        """Say where on the page a field stands."""
        return [*self.fields].index(name) if name in self.fields else -1

    def refuse(self, refused: ProngsaiError) -> None:
        """Put what a service refused beside the field that it is about, else on top."""
        name = getattr(refused, "field", "")
        self.add_error(name if name in self.fields else None, refused.one_line)


class ReportForm(ToldForm):
    """What is asked of who reports. picks: whom of the office they can choose; held: files that were sent before."""

    mode = forms.ChoiceField(
        label=_("ท่านต้องการแจ้งแบบใด"),
        choices=_MODES,
        widget=forms.RadioSelect,
        error_messages={"required": _("เลือกว่าจะแจ้งแบบใด")},
    )
    category = forms.ChoiceField(
        label=_("เรื่องเกี่ยวกับอะไร"),
        help_text=_("ไม่แน่ใจให้เลือกข้อที่ใกล้ที่สุด ผู้รับเรื่องแก้ให้ได้"),
        widget=forms.RadioSelect,
        error_messages={"required": _("เลือกประเภทเรื่อง")},
    )
    what = _text(
        _("เกิดอะไรขึ้น"),
        _("เล่าตามที่รู้เห็น เช่น เจ้าหน้าที่ขอเงิน ๕,๐๐๐ บาท แลกกับการออกใบอนุญาตก่อสร้าง"),
        most=LONGEST,
        needed=_("เล่าว่าเกิดอะไรขึ้น"),
    )
    where = _text(
        _("ที่ไหน"), _("เช่น เคาน์เตอร์กองช่าง ชั้น ๒ หรือ ทางโทรศัพท์"), most=LONG, needed=_("บอกสถานที่ ถ้าไม่ทราบให้พิมพ์ว่า ไม่ทราบ")
    )
    when = _text(
        _("เมื่อใด"),
        _("วัน เวลา หรือช่วงเวลาโดยประมาณ เช่น ต้นเดือนมีนาคม ๒๕๖๙ ตอนบ่าย หรือ ทุกเดือนตั้งแต่ปีที่แล้ว"),
        needed=_("บอกวันหรือช่วงเวลา ถ้าไม่ทราบให้พิมพ์ว่า ไม่ทราบ"),
    )
    how = _text(_("ทำอย่างไร"), _("ขั้นตอน จำนวนเงิน ผลประโยชน์ เอกสารหรือโครงการที่เกี่ยวข้อง"))
    evidence = _text(
        _("มีหลักฐานอะไรบ้าง"), _("เช่น สัญญาเลขที่เท่าใด ใบเสร็จ ภาพ ข้อความแชต อยู่ที่ใคร หาได้จากที่ใด ไม่ต้องไปเสี่ยงหามาเอง")
    )
    witnesses = _text(_("มีใครรู้เห็นอีกบ้าง"), _("ชื่อหรือตำแหน่ง และรู้เห็นเรื่องใด ผู้รับเรื่องจะไม่บอกพยานว่าใครเป็นผู้แจ้ง"))
    elsewhere = _text(_("เคยแจ้งที่อื่นหรือไม่"), _("เช่น ป.ป.ช. ป.ป.ท. อำเภอ ศูนย์ดำรงธรรม แจ้งเมื่อใด ผลเป็นอย่างไร"))
    wants_result = forms.BooleanField(
        label=_("ต้องการทราบผล (ดูได้ด้วยใบรับ ไม่มีการโทรหรือส่งจดหมาย)"), required=False, initial=True
    )
    name = _line(_("ชื่อและนามสกุล"))
    phone = _line(_("โทรศัพท์ (ไม่บังคับ)"))
    email = _line(_("อีเมล (ไม่บังคับ)"))
    address = _line(_("ที่อยู่ (ไม่บังคับ)"))
    is_unknown = forms.BooleanField(label=_("ไม่ทราบว่าเป็นใคร"), required=False)
    files = FilesField(label=_("แนบภาพหรือไฟล์"), required=False)  # type: ignore[assignment]  # a field, no attribute
    consent = forms.BooleanField(
        label=_("ข้าพเจ้าอ่านคำชี้แจงข้างต้นแล้ว และเล่าตามที่รู้เห็นจริง"),
        error_messages={"required": _("ทำเครื่องหมายว่าอ่านคำชี้แจงแล้ว")},
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=2_000)
    opened = forms.CharField(widget=forms.HiddenInput, max_length=200)

    def __init__(self, *args: Any, way: Way, picks: Picks, held: Sequence[FileKey] = (), **kwargs: Any) -> None:
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(*args, **kwargs)
        self.way, self.picks, self.held = way, picks, tuple(held)
        categories = _STAFF if way is Way.STAFF else _PUBLIC
        self._category.choices = [(one.value, one.label) for one in categories]
        for name, rows in (("what", 8), ("where", 2), ("when", 2)):
            self.fields[name].widget.attrs["rows"] = rows
        for row in range(1, ROWS + 1):
            self.fields |= _accused_fields(row, picks)
        self.order_fields(self._in_order())
        for field in self.fields.values():
            # Nothing of it is kept by the browser to be offered to the next who sits there.
            field.widget.attrs.setdefault("autocomplete", "off")

    @property
    def _category(self) -> forms.ChoiceField:
        field = self.fields["category"]
        assert isinstance(field, forms.ChoiceField)
        return field

    @staticmethod
    def _in_order() -> list[str]:
        """Give the fields as the page asks them."""
        rows = [_key(row, part) for row in range(1, ROWS + 1) for part in _PARTS]
        about = ["what", "where", "when", "how", "evidence", "files", "witnesses", "elsewhere"]
        return ["mode", *_IDENTITY, "category", *rows, "is_unknown", *about, "wants_result", "consent"]

    # --- what the page shows ----------------------------------------------------------------------------------------
    @property
    def rows(self) -> list[list[BoundField]]:
        """The fields of whom it is about, a row each."""
        return [[self[_key(row, part)] for part in _PARTS] for row in range(1, ROWS + 1)]

    @property
    def filled_rows(self) -> int:
        """How many rows are open: one, and those with something in them."""
        filled = [row for row in range(1, ROWS + 1) if any(self[_key(row, part)].value() for part in _PARTS)]
        return max([1, *filled])

    @property
    def identity_fields(self) -> list[BoundField]:
        """The fields of who reports."""
        return [self[name] for name in _IDENTITY]

    # --- checks -----------------------------------------------------------------------------------------------------
    def clean_opened(self) -> str:
        """Refuse a form that was sent sooner than anybody reads it, or later than its receipt holds."""
        opened = str(self.cleaned_data["opened"])
        age = _age_of(opened)
        if age is None:
            raise forms.ValidationError(_("หน้านี้เปิดค้างไว้นานเกินไป ข้อความยังอยู่ครบ กดส่งอีกครั้ง"))
        if age < YOUNGEST_S:
            raise forms.ValidationError(_("ส่งเร็วเกินไป รอสามวินาทีแล้วกดส่งอีกครั้ง"))
        return opened

    def clean(self) -> dict[str, Any]:
        """Ask for somebody whom it is about, and for a name from who wants to give one."""
        data = super().clean() or {}
        if not self.accused and not data.get("is_unknown"):
            self.add_error(_key(1, "pick"), _("เลือกหรือพิมพ์ว่าเรื่องเกี่ยวกับใคร หรือทำเครื่องหมายว่าไม่ทราบ"))
        if data.get("mode") in (Mode.NAMED, Mode.CONFIDENTIAL) and not data.get("name"):
            self.add_error("name", _("พิมพ์ชื่อของท่าน หรือเลือกแจ้งแบบไม่เปิดเผยตน"))
        return data

    # --- what was told ----------------------------------------------------------------------------------------------
    @property
    def accused(self) -> tuple[Accused, ...]:
        """Whom it is about: of each row what was chosen, with what was typed over it."""
        return tuple(one for row in range(1, ROWS + 1) if (one := self._accused(row)) != Accused())

    def _accused(self, row: int) -> Accused:
        typed = {part: str(self.cleaned_data.get(_key(row, part)) or "") for part in _PARTS}
        chosen = self.picks.of(typed["pick"]) or Accused()
        return Accused(
            name=typed["name"] or chosen.name,
            position=typed["position"] or chosen.position,
            unit=typed["unit"] or chosen.unit,
            person_id=chosen.person_id,
            post_id=chosen.post_id,
            unit_id=chosen.unit_id,
        )

    @property
    def identity(self) -> Identity | None:
        """Who reports; None for who does not say."""
        if self.cleaned_data["mode"] == Mode.ANONYMOUS:
            return None
        return Identity(**{name: self.cleaned_data[name] for name in _IDENTITY})

    @property
    def is_dropped(self) -> bool:
        """Whether somebody who does not want to be known typed who they are: it is kept nowhere."""
        is_anonymous = self.cleaned_data["mode"] == Mode.ANONYMOUS
        return is_anonymous and any(self.cleaned_data[name] for name in _IDENTITY)

    def told(self, *, files: Sequence[FileKey], day: str) -> Told:
        """Give what was told. day: of receipt, ISO."""
        data = self.cleaned_data
        texts = {name: data[name] for name in ("what", "where", "when", "how", "evidence", "witnesses", "elsewhere")}
        return Told(
            mode=Mode(data["mode"]),
            category=data["category"],
            wants_result=data["wants_result"],
            accused=self.accused,
            files=tuple(files),
            day=day,
            language=get_language() or "th",
            **texts,
        )


class ConfirmForm(forms.Form):
    """Two words of the receipt, typed to show that it was written down."""

    third = _line(_("คำที่ ๓"))
    sixth = _line(_("คำที่ ๖"))

    def __init__(self, *args: Any, thai: Sequence[str], latin: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._words = {name: (thai[place], latin[place]) for name, place in (("third", 2), ("sixth", 5))}
        for field in self.fields.values():
            field.widget.attrs |= {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}

    def clean(self) -> dict[str, Any]:
        """Compare each with both spellings."""
        data = super().clean() or {}
        for name, words in self._words.items():
            if _plain(str(data.get(name) or "")) not in [_plain(word) for word in words]:
                self.add_error(name, _("ไม่ตรงกับใบรับ ดูคำข้างบนแล้วพิมพ์ใหม่"))
        return data


def stamp() -> str:
    """Give what says when a form was given out."""
    return signing.TimestampSigner(salt=_OPENED).sign("form")


def _age_of(opened: str) -> float | None:
    """Give how old a form is, in seconds; None for one that is too old or was not given out by us."""
    signer = signing.TimestampSigner(salt=_OPENED)
    try:
        signer.unsign(opened, max_age=OLDEST_S)
    except signing.BadSignature:
        return None
    try:
        signer.unsign(opened, max_age=YOUNGEST_S)
    except signing.SignatureExpired:
        return YOUNGEST_S
    return 0


def _accused_fields(row: int, picks: Picks) -> dict[str, forms.Field]:
    groups = [
        (_("ผู้บริหารและหัวหน้าส่วนราชการ"), [(one.value, one.label) for one in picks.posts]),
        (_("คนในส่วนราชการ"), [(one.value, one.label) for one in picks.units]),
    ]
    choices = [("", _("— ไม่เลือก พิมพ์เองข้างล่าง —")), *(group for group in groups if group[1])]
    return {
        _key(row, "pick"): forms.ChoiceField(
            label=_("เลือกจากรายการ"),
            choices=choices,
            required=False,
            error_messages={"invalid_choice": _("เลือกจากรายการใหม่ หรือพิมพ์เอง")},
        ),
        _key(row, "name"): _line(_("ชื่อ ฉายา หรือลักษณะ")),
        _key(row, "position"): _line(_("ตำแหน่งหรือหน้าที่")),
        _key(row, "unit"): _line(_("กอง ฝ่าย หรือบริษัท")),
    }


def _key(row: int, part: str) -> str:
    return f"accused_{row}_{part}"


def _target(field: BoundField) -> str:
    """Give the id to jump to: of a group of buttons the first one."""
    return f"{field.auto_id}_0" if field.use_fieldset else str(field.auto_id)


def _plain(word: str) -> str:
    return unicodedata.normalize("NFC", word).strip().casefold()
