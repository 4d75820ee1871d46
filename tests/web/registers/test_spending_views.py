"""Pages of spending from the ledger, and the command that does the same."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from prongsai.cli import run
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.registers.models import EntryProgress, ImportBatch
from tests.registers.ledger_files import LINES, TOTAL, grouped
from tests.web.registers.test_spending import TODAY, plan, plan_row, then

__all__ = ["plan", "then"]
SECOND = "2569/2026-01-01"


@pytest.fixture
def today(monkeypatch):
    """Make it the third quarter for whoever signs in."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_args: TODAY)


@pytest.fixture
def at(agency: Agency):
    """The address of a page of the spending plan."""
    return lambda route, *rest: reverse(f"registers:{route}", args=[agency.code, "spending-plan", *rest])


def sent(content: bytes, period: str = SECOND) -> dict[str, object]:
    return {"file": SimpleUploadedFile("งบ.xlsx", content), "period": period}


def said(answer) -> str:
    return " ".join(lxml.html.fromstring(answer.content.decode()).text_content().split())


def test_a_clerk_brings_an_export_in_without_typing_an_amount(today, plan, sign_in, at):
    client, export = sign_in(Role.SUPPLY), grouped()
    assert at("spending_add") in client.get(at("register")).content.decode()
    answer = client.post(at("spending_add"), sent(export))
    batch = ImportBatch.objects.get()
    assert answer.url == at("spending_columns", batch.pk)
    page = client.get(answer.url)
    assert "เบิกจ่าย (บาท) / สะสม" in said(page)
    bad = client.post(answer.url, {"basis": "total", "version": "1", "column-item": "4"})
    assert bad.status_code == 422 and "ต้องบอกว่าคอลัมน์ใดเป็นยอดเบิกจ่าย" in said(bad)
    answer = client.post(
        answer.url, {"basis": "total", "version": "1", **{f"column-{k}": str(v) for k, v in batch.columns.items()}}
    )
    assert answer.url == at("spending", batch.pk)
    shown = client.get(answer.url)
    assert "๑๙๔,๕๐๐.๕๐" in said(shown) and "เท่ากัน" in said(shown)
    batch.refresh_from_db()
    answer = client.post(at("spending_save", batch.pk), {"version": str(batch.version)}, follow=True)
    assert "บันทึกยอดเบิกจ่ายแล้ว: ใหม่ 4 แก้ไข 0 รายการ" in said(answer)
    assert EntryProgress.objects.count() == 4
    again = client.post(at("spending_add"), sent(export), follow=True)
    assert "ทุกรายการเหมือนที่รายงานไว้แล้ว" in said(again) and "ไฟล์เดียวกันนี้เคยนำเข้าแล้ว" in said(again)


def test_an_unknown_line_shows_what_it_may_be_and_waits_for_a_choice(today, plan, then, sign_in, at):
    plan_row(then, (*LINES[0][:3], "ของที่ไม่มีในไฟล์", "99-999", "4.00", "", "", ""))
    rows = [(*LINES[0][:3], "วัสดุสำนัก งานฯ", "", *LINES[0][5:]), *LINES[1:]]
    client = sign_in(Role.SUPPLY)
    client.post(at("spending_add"), sent(grouped(rows)))
    batch = ImportBatch.objects.get()
    client.post(
        at("spending_columns", batch.pk),
        {"basis": "total", "version": "1", **{f"column-{k}": str(v) for k, v in batch.columns.items()}},
    )
    page = client.get(at("spending", batch.pk))
    tree = lxml.html.fromstring(page.content.decode())
    options = tree.xpath("//select[@name='choice-6']/option/@value")
    assert options[0] == "" and options[1] == str(plan[0].pk) and options[-1] == "-1"
    assert not tree.xpath("//select[@name='choice-6']/option[@selected]")
    assert "รายการในแผนที่ไม่มีบรรทัดในไฟล์ ๒ รายการ" in said(page)
    batch.refresh_from_db()
    wrong = client.post(
        at("spending_choose", batch.pk), {"version": str(batch.version), "choice-6": "", "number-6": "999"}
    )
    assert wrong.status_code == 422 and "ไม่มีรายการเลขที่ 999" in said(wrong)
    stale = client.post(at("spending_choose", batch.pk), {"version": "1", "choice-6": str(plan[0].pk)})
    assert stale.status_code == 409
    told = {"version": str(batch.version), "choice-6": "", "number-6": str(plan[0].number)}
    answer = client.post(at("spending_choose", batch.pk), told, follow=True)
    assert "บันทึกการเลือกแล้ว" in said(answer)
    batch.refresh_from_db()
    assert (batch.n_new, batch.n_faulty) == (4, 0)


def test_a_file_that_does_not_add_up_offers_no_saving(today, plan, sign_in, at):
    client = sign_in(Role.SUPPLY)
    client.post(at("spending_add"), sent(grouped(total=(*TOTAL[:3], "1.00"))))
    batch = ImportBatch.objects.get()
    client.post(
        at("spending_columns", batch.pk),
        {"basis": "total", "version": "1", **{f"column-{k}": str(v) for k, v in batch.columns.items()}},
    )
    page = client.get(at("spending", batch.pk))
    assert "ไม่เท่ากัน" in said(page)
    assert at("spending_save", batch.pk) not in page.content.decode()
    batch.refresh_from_db()
    answer = client.post(at("spending_save", batch.pk), {"version": str(batch.version)})
    assert answer.status_code == 422
    answer = client.post(at("spending_drop", batch.pk), {"version": str(batch.version)})
    assert answer.url == at("spending_add")


def test_strangers_and_other_registers_have_no_such_page(today, plan, sign_in, at, agency, other_agency):
    client = sign_in(Role.SUPPLY)
    client.post(at("spending_add"), sent(grouped()))
    batch = ImportBatch.objects.get()
    other = reverse("registers:spending", args=[other_agency.code, "spending-plan", batch.pk])
    assert sign_in(Role.SUPPLY, of=other_agency).get(other).status_code == 404
    for role in (Role.LEGAL, Role.OFFICER):
        for route in ("spending", "spending_columns"):
            assert sign_in(role).get(at(route, batch.pk)).status_code == 404
        assert sign_in(role).get(at("spending_add")).status_code == 404
        assert sign_in(role).post(at("spending_save", batch.pk)).status_code == 404
    assert client.get(reverse("registers:spending_add", args=[agency.code, "gifts"])).status_code == 404
    assert client.get(reverse("registers:batch", args=[agency.code, "spending-plan", batch.pk])).status_code == 404
    assert client.get(at("spending", batch.pk)).url == at("spending_columns", batch.pk)
    assert client.post(at("spending_add"), {"period": SECOND}).status_code == 422
    bad = client.post(at("spending_add"), sent("ก,ข\n1,2".encode()))
    assert bad.status_code == 422 and "ไม่พบหัวตาราง" in said(bad)


def test_the_command_does_the_same(db, then, plan, tmp_path: Path, capsys, monkeypatch):
    path = tmp_path / "งบ.xlsx"
    path.write_bytes(grouped())
    monkeypatch.setattr("prongsai.web.operations.database.hang_up", lambda: None)

    def said_by(*more: str) -> tuple[int, str]:
        status = run(
            ["registers", "import-spending", "spending-plan", str(path), "--year", "2569", "--period", "2", *more]
        )
        return status, capsys.readouterr().out

    status, out = said_by()
    assert status == 0 and "เบิกจ่าย (บาท) / สะสม" in out and EntryProgress.objects.count() == 0
    status, out = said_by("--yes", "--json")
    told = json.loads(out)
    assert (status, told["new"], told["saved"], told["is_even"]) == (0, 4, True, True)
    assert EntryProgress.objects.filter(starts_on=date(2026, 1, 1)).count() == 4
    assert "ไม่มีอะไรต้องบันทึก" in said_by("--yes")[1]
    path.write_bytes(grouped([(*LINES[0][:3], "วัสดุอื่น", "", *LINES[0][5:]), *LINES[1:]]))
    status, out = said_by("--yes", "--json")
    assert status == 1 and [one["code"] for one in json.loads(out)["faults"]] == ["UNKNOWN_LINE"]
    assert said_by("--column", "spent=ไม่มีหัวนี้")[0] == 2
    assert said_by("--column", "spent=")[0] == 2
    assert not ImportBatch.objects.filter(state__in=["reading", "looked_at"]).exists()
