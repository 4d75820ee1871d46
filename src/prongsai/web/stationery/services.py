"""Keeping templates, switching them on and off, and writing papers on them."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from prongsai.documents.model import Document
from prongsai.documents.template.model import TemplateUnfit
from prongsai.documents.write import render
from prongsai.documents.write.office import Office
from prongsai.errors import FileUnusable, UnknownPaper
from prongsai.reports.catalogue import TITLES
from prongsai.reports.stationery.kinds import Stationery, recognised
from prongsai.reports.stationery.written import FORMS, on_stationery
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.services import keep_file, read_file
from prongsai.web.stationery import queries
from prongsai.web.stationery.models import PaperTemplate


@dataclass(frozen=True, slots=True)
class Made:
    """A paper as a file. template: what it was written on; notice_th: why it was not written on the office's own."""

    content: bytes
    template: PaperTemplate | None = None
    notice_th: str = ""


def add_template(scope: Scope, *, kind: str, name: str, content: bytes, note: str = "") -> PaperTemplate:
    """Keep a new version of the template of a kind; papers are written on it from then on.

    Raises TemplateUnfit with every fault, FileUnusable or LimitExceeded for a file that is not taken, UnknownPaper.
    """
    found = _known(kind)
    if problems := found.check(content, name).problems:
        raise TemplateUnfit(name, problems)
    file = keep_file(scope, name=name, content=content, is_guarded=True)
    with transaction.atomic():
        journal.take_turn(scope.agency)
        earlier = PaperTemplate.objects.filter(agency=scope.agency, kind=kind)
        last = earlier.aggregate(last=Max("number"))["last"] or 0
        _close_others(scope, kind)
        made = PaperTemplate(
            agency=scope.agency, kind=kind, number=last + 1, file=file, name=file.name, note=note, added_by=scope.user
        )
        return journal.create(scope, made, "template.add")


@transaction.atomic
def open_template(scope: Scope, *, template: PaperTemplate, version: int | None) -> PaperTemplate:
    """Write papers of its kind on a version again, in place of the one in use.

    Raises Stale, and TemplateUnfit when it no longer fits the fields of its kind.
    """
    if problems := queries.faults_of(template):
        raise TemplateUnfit(template.name, problems)
    journal.take_turn(scope.agency)
    current = PaperTemplate.objects.get(pk=template.pk)
    if version is not None and current.version != version:
        raise journal.Stale(current)
    if not current.is_open:
        _close_others(scope, template.kind)
    return journal.change(scope, template, "template.open", version=version, is_open=True)


@transaction.atomic
def close_template(scope: Scope, *, template: PaperTemplate, version: int | None) -> PaperTemplate:
    """Write papers of its kind in the program's own layout again; the version stays. Raises Stale."""
    return journal.change(scope, template, "template.close", version=version, is_open=False)


def _close_others(scope: Scope, kind: str) -> None:
    for one in PaperTemplate.objects.filter(agency=scope.agency, kind=kind, is_open=True):
        journal.change(scope, one, "template.close", is_open=False)


def _known(kind: str) -> Stationery:
    found = queries.stationery(kind)
    if found is None:
        raise UnknownPaper(f"no kind of paper is called {kind}", message_th=f"ไม่มีเอกสารชนิด {kind}")
    return found


def preview(template: PaperTemplate, form: str) -> bytes:
    """Write the sample of its kind on a template. Raises FileUnusable where there is no sample or it does not fit."""
    found, sample = _known(template.kind), queries.sample_of(template.kind)
    if sample is None:
        raise FileUnusable(
            f"{template.kind} has no sample",
            message_th="เอกสารของทะเบียนไม่มีข้อมูลตัวอย่าง",
            mend_th="เปิดทะเบียนแล้วพิมพ์เอกสารของงวดหรือรายการเพื่อดูผล",
        )
    return on_stationery(found, read_file(template.file), template.name, *sample, form, office_of(template.agency))


def office_of(agency: Agency) -> Office:
    """Give what an agency brings to its papers."""
    return Office(bytes(agency.emblem) or None)


def write_paper(agency: Agency, *, kind: str, document: Document, form: str, record: Any = None) -> Made:
    """Write a composed paper on the office's own Word file where it has one for the kind, else in our layout.

    record: what the paper was composed of; without it, it is read back from the paper. A template that does not fit any
    more, or whose file is gone, is passed over, and ``notice_th`` says so: the paper itself is never missing.
    Raises FileUnusable as ``documents.write.render``.
    """
    office = office_of(agency)
    template = queries.template_for(agency, kind) if form in FORMS else None
    if template is None:
        return Made(render(document, form, office))
    try:
        content = _on_template(template, kind, record, document, form)
    except FileUnusable as unfit:
        return Made(render(document, form, office), None, _notice(template, unfit.message_th))
    except ValueError:  # a size or number in the template that no Word writes
        return Made(render(document, form, office), None, _notice(template, "ไฟล์มีค่าที่อ่านไม่ได้ บันทึกใหม่ด้วย Word"))
    return Made(content, template)


def _on_template(template: PaperTemplate, kind: str, record: Any, document: Document, form: str) -> bytes:
    if record is None:
        record = recognised(kind, document) if kind in TITLES else document
    content = read_file(template.file)
    return on_stationery(_known(kind), content, template.name, record, document, form, office_of(template.agency))


def _notice(template: PaperTemplate, why_th: str) -> str:
    return f"ไม่ได้ใช้แม่แบบ {template.name} ฉบับที่ {template.number} จึงพิมพ์ตามแบบของระบบแทน: {why_th}"
