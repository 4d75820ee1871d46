"""Letters on the office's own Word file: number, signatures and the panel that verifies them are there."""

import pytest

from prongsai.documents.read import read_content
from prongsai.reports.papers.panel import panel_of
from prongsai.web.agencies.roles import Role
from prongsai.web.evidence.services import read_file
from prongsai.web.stationery.services import add_template
from tests.documents.template.word import p, word

pytestmark = pytest.mark.django_db


def test_a_signed_memo_stands_on_the_template_and_is_verified(scope, memo_letter, sign_all) -> None:
    content = word(p("กระดาษของเทศบาล"), p("ที่ {{ number }}"), p("เรื่อง {{ subject }}"), p("{{ signer.name }}"))
    add_template(scope(Role.COORDINATOR), kind="memo", name="บันทึก.docx", content=content)
    signed = sign_all(memo_letter)
    assert signed.docx is not None and signed.pdf is not None
    file = read_file(signed.docx)
    printed = read_content(file, "a.docx")
    texts = [one.text for one in printed.paragraphs()]
    assert texts[0] == "กระดาษของเทศบาล" and signed.number is not None
    assert panel_of(printed) == signed.code
    assert panel_of(read_content(read_file(signed.pdf), "a.pdf")) == signed.code
