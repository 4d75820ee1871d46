"""Papers: what can be read, what keeps people from it, and the pile of an address."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from prongsai.inspection.gather import documents, pile_from, pile_of, sub_pages
from prongsai.inspection.model import Facts, Paper, Seen
from prongsai.inspection.network import Session
from prongsai.inspection.pages import page_of
from prongsai.inspection.papers import paper_of
from prongsai.inspection.policy import Policy
from tests.inspection import content_papers as made

AT = "http://www.suanphlu.go.th/f/"
LINES = (
    "รายงานผลการดำเนินงาน ประจำปีงบประมาณ พ.ศ. ๒๕๖๘",
    "เทศบาลตำบลบ้านสวนพลู",
    (("ที่", "โครงการ"), (("๑", "ซ่อมถนน"), ("๒", "ขุดลอกคลอง"))),
)
PDF = made.paper("pdf", *LINES)


def codes(paper: Paper) -> set[str]:
    return {problem.code for problem in paper.problems}


def test_pdf_with_text() -> None:
    paper = paper_of(PDF, "รายงาน.pdf", AT + "a.pdf")
    assert paper.pages == paper.text_pages == 1 and paper.has_text and not paper.problems
    assert "ขุดลอกคลอง" in paper.text and paper.media_type == "application/pdf"


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (made.scanned, "PAPER_SCANNED"),
        (made.locked, "PAPER_UNDER_PASSWORD"),
        (made.turned, "PAPER_TURNED"),
        (lambda c: c[:300], "PAPER_BROKEN"),
    ],
)
def test_spoilt_pdf(spoil, code) -> None:  # type: ignore[no-untyped-def]
    assert code in codes(paper_of(spoil(PDF), "x.pdf", AT))


def test_upside_down_is_turned_and_a_page_turned_to_be_upright_is_not() -> None:
    import io

    import pikepdf

    assert "PAPER_TURNED" in codes(paper_of(made.turned(PDF, 180), "x.pdf", AT))
    with pikepdf.open(io.BytesIO(PDF)) as document:
        page = document.pages[0]
        _, _, width, height = map(float, page.MediaBox)
        page.contents_add(pikepdf.Stream(document, f"q 0 1 -1 0 {height} 0 cm".encode()), prepend=True)
        page.contents_add(pikepdf.Stream(document, b"Q"))
        page.MediaBox, page.Rotate = [0, 0, height, width], 90
        out = io.BytesIO()
        document.save(out)
    assert not paper_of(out.getvalue(), "x.pdf", AT).problems


def test_partly_scanned() -> None:
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(PDF)) as document, pikepdf.open(io.BytesIO(made.scanned(PDF))) as scan:
        document.pages.extend(scan.pages)
        out = io.BytesIO()
        document.save(out)
    paper = paper_of(out.getvalue(), "x.pdf", AT)
    assert (paper.pages, paper.text_pages, paper.picture_pages) == (2, 1, (2,))
    assert codes(paper) == {"PAPER_PARTLY_SCANNED"} and "หน้า 2" in paper.problems[0].message_th


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_office_files(kind: str) -> None:
    paper = paper_of(made.paper(kind, *LINES), f"x.{kind}", AT)
    assert "ขุดลอกคลอง" in paper.text and not paper.problems and paper.pages == 0


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.pdf", "PAPER_EMPTY"), (b"\x00\x00", "a.pdf", "PAPER_EMPTY"), (b"\x89PNG\r\n", "a.png", "PAPER_PICTURE"), (b"<svg></svg>", "a.svg", "PAPER_PICTURE"),
        (b"{\\rtf1", "a.doc", "PAPER_OTHER_FORMAT"), (b"PK\x03\x04zz", "a.docx", "PAPER_BROKEN"), (b"%PDF-1.4", "a.pdf", "PAPER_BROKEN"), (b"\x01\x02\x00\x03" * 9, "a.bin", "PAPER_BROKEN"),
    ],
)  # fmt: skip
def test_never_raises(content: bytes, name: str, code: str) -> None:
    assert code in codes(paper_of(content, name, AT))


def test_gibberish_in_a_text_layer_is_told() -> None:
    spoilt = "รายงานผลการดำเนินงานของเทศบาล".encode().decode("cp874", "replace") * 4
    assert "PAPER_GARBLED" in codes(paper_of(f"ก\n{spoilt}".encode(), "a.txt", AT))


# ---------------------------------------------------------------- the pile

PAGE = """<html lang="th"><meta charset="utf-8"><title>แผน</title><nav><a href="/menu.pdf">เมนู</a><a href="/other/">อื่น</a></nav>
<p>แผนดำเนินงาน <a href="/files/plan.pdf">แผน</a> <a href="view.php?id=2">ตาราง</a> <a href="https://x.example/y.html">นอก</a></p>"""


def _seen(address: str, content: bytes | None, media_type: str, status: int | None = 200) -> Seen:
    return Seen(
        address,
        datetime(2026, 4, 1, tzinfo=UTC),
        address,
        status,
        media_type=media_type,
        content=content,
        size=len(content or b""),
    )


def test_documents_and_sub_pages_of_the_content_only() -> None:
    page = page_of(PAGE.encode(), "http://www.suanphlu.go.th/plan/index.php")
    assert documents(page) == ("http://www.suanphlu.go.th/files/plan.pdf",)
    assert sub_pages(page) == ("http://www.suanphlu.go.th/plan/view.php?id=2",)


def test_pile_of_what_was_fetched() -> None:
    home = "http://www.suanphlu.go.th/plan/index.php"
    sub, plan, inner = (
        "http://www.suanphlu.go.th/plan/view.php?id=2",
        "http://www.suanphlu.go.th/files/plan.pdf",
        "http://www.suanphlu.go.th/plan/in.docx",
    )
    fetched = {
        home: _seen(home, PAGE.encode(), "text/html"),
        sub: _seen(
            sub,
            '<html lang="th"><meta charset="utf-8"><p>ตาราง <a href="in.docx">ไฟล์ตาราง</a></p>'.encode(),
            "text/html",
        ),
        plan: _seen(plan, PDF, "application/pdf"),
        inner: _seen(inner, None, "", None),
    }
    pile = pile_of(home, policy=Policy(), facts=Facts(), fetched=fetched, today=date(2026, 4, 1))
    assert [page.address for page in pile.pages] == [home, sub]
    assert [(paper.name, codes(paper)) for paper in pile.papers] == [
        ("plan.pdf", set()),
        ("in.docx", {"PAPER_MISSING"}),
    ]


def test_pile_of_a_closed_address_says_so() -> None:
    home = "http://www.suanphlu.go.th/gone/"
    pile = pile_of(
        home, policy=Policy(), facts=Facts(), fetched={home: _seen(home, None, "", None)}, today=date(2026, 4, 1)
    )
    assert not pile.pages and codes(pile.papers[0]) == {"ITEM_NOT_OPEN"}


def test_pile_of_a_document_itself() -> None:
    pile = pile_from(AT + "plan.pdf", PDF, (), Facts(), date(2026, 4, 1), headers={"content-type": "application/pdf"})
    assert not pile.pages and pile.papers[0].has_text


def test_pile_shares_the_session_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, object]] = []

    def look(address: str, *, policy: Policy, session: Session | None = None) -> Seen:
        asked.append((address, session))
        content = b'<html lang="th"><a href="plan.pdf">plan</a><a href="more.html">more</a>'
        return Seen(address, datetime(2026, 4, 1, tzinfo=UTC), address, 200, media_type="text/html", content=content)

    monkeypatch.setattr("prongsai.inspection.reach.look", look)
    with Session(Policy()) as session:
        pile_of(AT, policy=Policy(), facts=Facts(), session=session)
        assert {one for _, one in asked} == {session}
    assert len(asked) == 3


def test_page_with_too_many_documents_says_so() -> None:
    at = datetime(2026, 4, 1, tzinfo=UTC)
    links = [f"{AT}{number}.pdf" for number in range(31)]
    html = "".join(f'<a href="{link}">{link}</a>' for link in links).encode()
    fetched = {link: Seen(link, at, link, 404) for link in links}
    fetched[AT] = Seen(AT, at, AT, 200, media_type="text/html", content=html)
    pile = pile_of(AT, policy=Policy(), facts=Facts(), fetched=fetched)
    assert len(pile.papers) == 30
    assert "ITEM_TOO_MUCH" in [problem.code for problem in pile.pages[0].problems]


def test_download_without_a_name_that_is_gone_is_told() -> None:
    at, link = datetime(2026, 4, 1, tzinfo=UTC), f"{AT}download.php?id=3"
    page = Seen(AT, at, AT, 200, media_type="text/html", content=f'<a href="{link}">แผน</a>'.encode())
    pile = pile_of(AT, policy=Policy(), facts=Facts(), fetched={AT: page, link: Seen(link, at, link, None)})
    assert [problem.code for problem in pile.papers[0].problems] == ["PAPER_MISSING"]
