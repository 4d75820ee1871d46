"""Who writes papers writes them on the office's own: reports, registers, letters."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from prongsai.documents.read import read_content
from prongsai.reports.stationery.registers import ENTRY
from prongsai.web.agencies.roles import Role
from prongsai.web.stationery import queries, services
from prongsai.web.stationery.models import PaperTemplate
from tests.documents.template.word import p, word
from tests.web import objects

pytestmark = pytest.mark.django_db
HEAD = "กระดาษของเทศบาล"


def words(content: bytes) -> list[str]:
    return [one.text for one in read_content(content, "a.docx").paragraphs()]


@pytest.fixture
def made(agency, db):
    return objects.build(agency)


def keep(scope, kind: str, *blocks: str) -> None:
    services.add_template(scope(Role.COORDINATOR), kind=kind, name="ของเรา.docx", content=word(p(HEAD), *blocks))


def test_an_entry_of_a_register_is_printed_on_it(sign_in, agency, scope, made) -> None:
    keep(scope, ENTRY, p("{{ title }} {{ label }}"))
    address = reverse("registers:entry_paper", args=[agency.code, made["entry"].register, made["entry"].pk])
    answer = sign_in(Role.COORDINATOR).get(address)
    assert words(answer.content)[0] == HEAD


def test_a_dispatch_is_printed_on_it(sign_in, agency, scope, made) -> None:
    keep(scope, "gap-memo", p("{{ memo.subject }}"), p("{{ content }}"))
    answer = sign_in(Role.COORDINATOR).get(
        reverse("plans:dispatch_paper", args=[agency.code, made["dispatch"].pk, "docx"])
    )
    assert words(answer.content)[:2] == [HEAD, "มอบหมาย"]


def test_who_prints_is_told_of_a_template_that_does_not_fit(sign_in, agency, scope, made) -> None:
    keep(scope, "memo", p("{{ subject }}"))
    PaperTemplate.objects.filter(name="ของเรา.docx").update(kind="gap-memo")
    client = sign_in(Role.COORDINATOR)
    answer = client.get(reverse("plans:dispatch_paper", args=[agency.code, made["dispatch"].pk, "docx"]))
    assert HEAD not in words(answer.content)
    (told,) = (str(one) for one in get_messages(answer.wsgi_request))
    assert "ของเรา.docx" in told and "แบบของระบบ" in told


def test_every_kind_of_the_list_has_fields_and_a_starting_template(scope) -> None:
    kinds = [line.kind for group in queries.kinds_of(scope(Role.COORDINATOR)) for line in group.lines]
    for kind in kinds:
        found = queries.stationery(kind)
        assert found is not None and found.slots[-1].name == "content", kind
