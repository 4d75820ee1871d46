"""Papers of registers on a Word file: what fills them is the composed paper itself."""

from datetime import date

import pytest

from prongsai.documents.read import read_content
from prongsai.documents.template.model import TemplateUnfit
from prongsai.registers.load import editions, library
from prongsai.registers.tables import Table, columns_of
from prongsai.reports.forms.signing import Signed
from prongsai.reports.register_entry import Written, entry_paper
from prongsai.reports.register_paper import Heading, period_paper
from prongsai.reports.stationery.registers import of_entry, of_period

DAY = date(2026, 3, 31)


def _table(register, columns: tuple[str, ...] = ()) -> Table:
    keys = columns or columns_of(register, register.print_.columns, "office")
    rows = tuple(tuple(f"ค่า {at} {number}" for at in range(len(keys))) for number in range(3))
    return Table(tuple(keys), rows, keys, (False,) * len(keys))


def _paper(register, found: Table):
    heading = Heading("เทศบาลตำบลบ้านสวนพลู", register.name_th, "ไตรมาส ๒", date(2026, 1, 1), DAY)
    return period_paper(register, heading, found, signed=Signed("นางสาวอรดี ทองสวน", "เจ้าพนักงานธุรการ", on=DAY))


def test_every_register_has_a_starting_template() -> None:
    for register in library():
        found = of_period(register)
        assert found.check(found.starting(), "a.docx").problems == (), register.id


def test_a_period_on_its_starting_template_says_what_our_own_paper_says() -> None:
    register = editions("training")[-1]
    document, found = _paper(register, _table(register)), of_period(register)
    filled = read_content(found.fill(found.starting(), "a.docx", document, document), "a.docx")
    ours, theirs = next(document.tables()), next(filled.tables())
    assert [[cell.text for cell in row.cells] for row in theirs.rows[1:]] == [
        [cell.text for cell in row.cells] for row in ours.rows[1:]
    ]
    texts = [one.text for one in filled.paragraphs()]
    assert texts[:2] == [register.name_th, "เทศบาลตำบลบ้านสวนพลู"] and "(นางสาวอรดี ทองสวน)" in texts


def test_a_period_with_other_columns_is_refused() -> None:
    register = editions("training")[-1]
    document = _paper(register, _table(register, ("one", "two")))
    with pytest.raises(TemplateUnfit):
        of_period(register).fill(of_period(register).starting(), "a.docx", document, document)


def test_an_entry_on_its_starting_template() -> None:
    document = entry_paper(
        Written(
            "เทศบาลตำบลบ้านสวนพลู", "ทะเบียนการยืม", "กล้อง", "เลขที่ ๑", "อนุมัติ", [("ผู้ยืม", "นายก้อง"), ("กำหนด", "")],
            [("๑ ม.ค. ๖๙", "อนุมัติ", "นางสาวอรดี", "")],
        ),
        signer="นางสาวอรดี ทองสวน",
    )  # fmt: skip
    found = of_entry()
    filled = read_content(found.fill(found.starting(), "a.docx", document, document), "a.docx")
    lines, steps = filled.tables()
    assert [[cell.text for cell in row.cells] for row in lines.rows[1:]] == [["ผู้ยืม", "นายก้อง"], ["กำหนด", "–"]]
    assert [cell.text for cell in steps.rows[1].cells] == ["๑ ม.ค. ๖๙", "อนุมัติ", "นางสาวอรดี", "–"]
