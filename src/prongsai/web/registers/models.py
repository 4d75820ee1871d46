"""Entries of the declared registers, and what happens to them. What a register is stands in ``prongsai.registers``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prongsai.registers.model import Fault
from prongsai.web.agencies.models import Agency, Person, Unit, User
from prongsai.web.duties.models import Occurrence
from prongsai.web.evidence.models import Evidence, File

ID_MAX = 60
KEY_MAX = 120


class RegisterSetting(models.Model):
    """How an office keeps a register. name, labels: in place of the file's (field key → label); is_open: shown at all.

    is_published: its public table may be read by everybody. takes_outside: its form for outsiders is open. confirmed:
    the file's unconfirmed facts that somebody confirmed, ``facts.fact_key`` → {"fact", "by", "on", "source"}. ledger:
    how the export of the ledger is read (``services.spending``). ocid_prefix: before the numbers of its contracting.
    """

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="register_settings")
    register = models.SlugField(max_length=ID_MAX)
    name = models.CharField(_("ชื่อทะเบียนที่หน่วยงานใช้"), max_length=200, blank=True)
    labels = models.JSONField(_("ชื่อช่องที่หน่วยงานใช้"), default=dict, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ส่วนราชการที่ดูแลทะเบียน")
    )
    is_open = models.BooleanField(_("ใช้ทะเบียนนี้"), default=True)
    is_published = models.BooleanField(_("เปิดตารางต่อสาธารณะ"), default=False)
    takes_outside = models.BooleanField(_("เปิดรับจากบุคคลภายนอก"), default=False)
    confirmed = models.JSONField(_("ข้อเท็จจริงที่ยืนยันแล้ว"), default=dict, blank=True, editable=False)
    ledger = models.JSONField(_("วิธีอ่านไฟล์จากระบบบัญชี"), default=dict, blank=True, editable=False)
    ocid_prefix = models.SlugField(_("คำนำหน้ารหัส OCDS"), max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("การตั้งค่าทะเบียน")
        constraints: ClassVar = [models.UniqueConstraint(fields=["agency", "register"], name="register_setting_once")]

    def __str__(self) -> str:
        return self.name or self.register


class PeriodClose(models.Model):
    """A period of a register, closed: its table frozen as it was, with the files that prove it.

    table: {"head": […], "rows": [[…]]} as the public may see it; figures: the statistics of the period. is_nothing:
    a signed statement that there was nothing. reopened_at: taken back, with the reason in note.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="period_closes")
    register = models.SlugField(max_length=ID_MAX)
    occurrence = models.ForeignKey(Occurrence, models.PROTECT, related_name="register_closes")
    fiscal_year_be = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    is_nothing = models.BooleanField(default=False)
    n_entries = models.PositiveIntegerField(default=0)
    table = models.JSONField(default=dict, blank=True)
    figures = models.JSONField(default=dict, blank=True)
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="period_closes")
    closed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    closed_as = models.CharField(_("ในฐานะ"), max_length=300, blank=True)
    closed_at = models.DateTimeField()
    reopened_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    JOURNAL_HASHED: ClassVar = frozenset({"table", "figures"})  # rows that not everybody reads stay out of the journal

    class Meta:
        verbose_name = _("การปิดงวดทะเบียน")
        ordering = ("-starts_on", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["occurrence", "register"], condition=Q(reopened_at__isnull=True), name="period_closed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.occurrence.label}"


class Source(models.TextChoices):
    """How an entry came in."""

    DESK = "desk", _("บันทึกในระบบ")
    SHEET = "sheet", _("นำเข้าจากตาราง")
    OUTSIDE = "outside", _("บุคคลภายนอกส่ง")
    CARRIED = "carried", _("ยกมาจากปีก่อน")


class Unescaped(json.JSONEncoder):
    """Writes Thai letters as they are: escaped, each takes six bytes."""

    def __init__(self, **kwargs: Any) -> None:
        """kwargs: of ``json.dumps``."""
        super().__init__(**kwargs | {"ensure_ascii": False})


class Entry(models.Model):
    """A row of a register. values: as ``prongsai.registers.values.to_json`` writes them, by the edition ``since_be``.

    fiscal_year_be: 0 for what belongs to no year. dated_on, ends_on: by which it stands in a period; month: of
    dated_on, as 202603. key_1…, sum_1…: what the register filters, groups and sums by (Register.keys, Register.sums).
    found_by: text to search, packed (``found``). identity: hash of what may occur once. due_on: until when it
    must be done, by the register's clock. close: the period it was closed with, after which it is not changed.
    before: the entry of last year that it goes on from. warned: what the register's own rules warned of when it was
    just written; not kept.
    """

    warned: Sequence[Fault] = ()
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="entries")
    register = models.SlugField(max_length=ID_MAX)
    since_be = models.PositiveSmallIntegerField(default=0)
    fiscal_year_be = models.PositiveSmallIntegerField(default=0)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    state = models.SlugField(max_length=40)
    dated_on = models.DateField()
    month = models.PositiveIntegerField(default=0)
    ends_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="entries")
    key_1 = models.CharField(max_length=KEY_MAX, blank=True)
    key_2 = models.CharField(max_length=KEY_MAX, blank=True)
    key_3 = models.CharField(max_length=KEY_MAX, blank=True)
    key_4 = models.CharField(max_length=KEY_MAX, blank=True)
    sum_1 = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    sum_2 = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    sum_3 = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    sum_4 = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    identity = models.CharField(max_length=64, blank=True)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.DESK)
    close = models.ForeignKey(PeriodClose, models.PROTECT, null=True, blank=True, related_name="entries")
    before = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="after")
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    written_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    # Last, because a scan over the columns before it need not read it.
    found_by = models.BinaryField(blank=True, default=b"")
    values = models.JSONField(default=dict, encoder=Unescaped)
    journal_name = ""  # what the journal calls it, where its title says too much

    class Meta:
        verbose_name = _("รายการในทะเบียน")
        ordering = ("-fiscal_year_be", "-dated_on", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "register", "fiscal_year_be", "number"], name="entry_number_once"
            ),
            models.UniqueConstraint(
                fields=["agency", "register", "identity"], condition=~Q(identity=""), name="entry_identity_once"
            ),
        ]
        indexes: ClassVar = [
            # Each holds all that its questions ask, so that no rows are read: a page of a list however it is narrowed,
            # in its order; what is searched; the figures, already in their groups.
            models.Index(
                fields=[
                    *(
                        "agency",
                        "register",
                        "-fiscal_year_be",
                        "-dated_on",
                        "-id",
                        "state",
                        "unit",
                        "due_on",
                        "done_on",
                    ),
                    *("key_1", "key_2", "key_3", "key_4", "sum_1", "sum_2", "sum_3", "sum_4"),
                ],
                name="entry_list",
            ),
            models.Index(fields=["agency", "register", "fiscal_year_be", "found_by", "id"], name="entry_found"),
            models.Index(
                fields=[
                    *("agency", "register", "fiscal_year_be", "state", "month", "since_be"),
                    *("key_1", "key_2", "key_3", "key_4", "sum_1", "sum_2", "sum_3", "sum_4"),
                ],
                name="entry_figures",
            ),
            models.Index(fields=["agency", "register", "state", "due_on"], name="entry_clock"),
        ]

    def __str__(self) -> str:
        return self.title


class EntryLink(models.Model):
    """That an entry points at another one by a field."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="links")
    field = models.SlugField(max_length=ID_MAX)
    target = models.ForeignKey(Entry, models.PROTECT, related_name="linked")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "field"], name="entry_link_once")]

    def __str__(self) -> str:
        return f"{self.entry} → {self.target}"


class EntryFile(models.Model):
    """A file of an entry's field; who may see the entry may see it."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="files")
    field = models.SlugField(max_length=ID_MAX)
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)

    class Meta:
        verbose_name = _("ไฟล์ของรายการ")

    def __str__(self) -> str:
        return self.name


class EntryMove(models.Model):
    """A move that was made: who, in which capacity, when, and why. is_told: the outsider may read the note."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="moves")
    move = models.SlugField(max_length=40)
    source = models.SlugField(max_length=40)
    to = models.SlugField(max_length=40)
    by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    by_text = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    on = models.DateField()
    note = models.TextField(blank=True)
    is_told = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("ความเคลื่อนไหวของรายการ")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.entry} {self.move}"


class EntryProgress(models.Model):
    """What was reported of a plan entry in a period; values by the register's progress fields."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="progress")
    label = models.CharField(max_length=100)
    starts_on = models.DateField()
    ends_on = models.DateField()
    values = models.JSONField(default=dict)
    close = models.ForeignKey(PeriodClose, models.PROTECT, null=True, blank=True, related_name="progress")
    written_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("ความก้าวหน้าของรายการ")
        ordering = ("starts_on", "pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "starts_on"], name="entry_progress_once")]

    def __str__(self) -> str:
        return f"{self.entry} {self.label}"


class ImportState(models.TextChoices):
    """How far an import is."""

    READING = "reading", _("กำลังอ่าน")
    LOOKED_AT = "looked_at", _("ตรวจแล้ว รอบันทึก")
    SAVING = "saving", _("กำลังบันทึก")
    SAVED = "saved", _("บันทึกแล้ว")
    DROPPED = "dropped", _("ทิ้งแล้ว")


class ImportKind(models.TextChoices):
    """What a spreadsheet brings."""

    ENTRIES = "entries", _("รายการของทะเบียน")
    SPENDING = "spending", _("ยอดเบิกจ่ายจากระบบบัญชี")


class ImportBatch(models.Model):
    """A spreadsheet on its way into a register. head: its heads as printed; columns: field key → place in a row.

    n_*: rows by fate. n_done: how many rows the present step has behind it. Of an export of the ledger, columns: what
    the column holds (``registers.ledger.TARGETS``) → place; details: the period, what the figures are of, sums
    (``services.spending``); its rows stay when it was saved: they are the amounts as printed.
    """

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="import_batches")
    register = models.SlugField(max_length=ID_MAX)
    kind = models.CharField(max_length=10, choices=ImportKind.choices, default=ImportKind.ENTRIES)
    name = models.CharField(max_length=255, blank=True)
    sha256 = models.CharField(max_length=64)
    fiscal_year_be = models.PositiveSmallIntegerField(default=0)
    head = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    details = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.READING)
    n_rows = models.PositiveIntegerField(default=0)
    n_done = models.PositiveIntegerField(default=0)
    n_new = models.PositiveIntegerField(default=0)
    n_same = models.PositiveIntegerField(default=0)
    n_changed = models.PositiveIntegerField(default=0)
    n_faulty = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("การนำเข้าทะเบียน")
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return self.name or self.register


class Fate(models.TextChoices):
    """What becomes of a row."""

    NEW = "new", _("เพิ่มใหม่")
    SAME = "same", _("มีแล้ว ไม่เปลี่ยน")
    CHANGED = "changed", _("แก้ไขของเดิม")
    FAULTY = "faulty", _("ผิด")
    LEFT = "left", _("ไม่นำเข้า")


class ImportRow(models.Model):
    """A row of an import. number: the row in the sheet, 1-based. faults: [{"cell": "C5", "field", "message", "mend"}].

    values: as read, with the version of the entry that they would change. identity: of what may occur once.
    """

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    cells = models.JSONField(default=list)
    fate = models.CharField(max_length=10, choices=Fate.choices, blank=True)
    faults = models.JSONField(default=list)
    values = models.JSONField(default=dict)
    identity = models.CharField(max_length=64, blank=True)
    entry = models.ForeignKey(Entry, models.SET_NULL, null=True, blank=True, related_name="+")
    is_saved = models.BooleanField(default=False)

    class Meta:
        ordering = ("number",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["batch", "number"], name="import_row_once")]
        indexes: ClassVar = [
            models.Index(fields=["batch", "fate", "number"], name="import_row_fate"),
            models.Index(fields=["batch", "identity"], name="import_row_identity"),
        ]

    def __str__(self) -> str:
        return f"{self.batch} {self.number}"


class SavedView(models.Model):
    """A list with its filters, kept under a name. user None: for everybody."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+")
    register = models.SlugField(max_length=ID_MAX)
    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(_("ชื่อมุมมอง"), max_length=100)
    query = models.CharField(max_length=1000)

    class Meta:
        verbose_name = _("มุมมองที่บันทึกไว้")
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class OutsideCase(models.Model):
    """That an entry came from outside. code_sha256: of the tracking code, which is shown once and kept nowhere.

    may_publish: the asker agrees that question and answer be shown to everybody, without who asked.
    """

    entry = models.OneToOneField(Entry, models.CASCADE, related_name="outside")
    code_sha256 = models.CharField(max_length=64, unique=True)
    sent_on = models.DateField()
    may_publish = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("เรื่องจากบุคคลภายนอก")

    def __str__(self) -> str:
        return str(self.entry)


class OutsideCount(models.Model):
    """How many forms came from one place in a day. mark: a keyed hash of the address, useless after the day."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+")
    day = models.DateField()
    mark = models.CharField(max_length=64)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["agency", "day", "mark"], name="outside_count_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.count}"
