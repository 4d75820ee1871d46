"""Which files belong to secret papers, whichever way they do."""

import pytest
from django.utils import timezone

from prongsai.web.agencies.roles import Role
from prongsai.web.disclosure.queries.reported import papers_of, secret_among
from prongsai.web.evidence.services import add_evidence, keep_file
from prongsai.web.letters.models import Attachment, Incoming, Letter, LetterText, Number, Series

pytestmark = pytest.mark.django_db
WAYS = ("docx", "pdf", "scan", "text", "attachment", "evidence")


@pytest.fixture
def files(agency, scope):
    """A file for each way in which a letter may hold one, all of one letter that is secret."""
    clerk = scope(Role.CLERK)
    kept = {one: keep_file(clerk, name=f"{one}.txt", content=f"{one}\n".encode(), is_guarded=True) for one in WAYS}
    own = {name: kept[name] for name in WAYS[:3]}
    letter = Letter.objects.create(agency=agency, paper="memo", subject="สอบวินัย", secrecy="ลับ", **own)
    LetterText.objects.create(letter=letter, number=1, subject="สอบวินัย", content={}, file=kept["text"])
    Attachment.objects.create(letter=letter, file=kept["attachment"], title="รายชื่อ")
    series = Series.objects.create(agency=agency, kind="secret_in")
    given = {"value": 1, "text": "1", "taken_at": timezone.now()}
    number = Number.objects.create(series=series, year_be=2569, **given)
    words = {"sender": "อำเภอ", "addressee": "นายกเทศมนตรี", "subject": "ลับ", "secrecy": "ลับ"}
    came = Incoming.objects.create(agency=agency, number=number, received_at=timezone.now(), **words)
    came.evidence.add(add_evidence(clerk, title="หนังสือลับ", file=kept["evidence"]))
    return kept


@pytest.mark.parametrize("way", WAYS)
def test_file_of_a_secret_paper_is_known_whichever_way_it_is_held(agency, files, way):
    pk = files[way].pk
    assert secret_among(agency, [pk]) == {pk}


def test_files_are_asked_about_in_one_query(agency, files, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert secret_among(agency, [one.pk for one in files.values()]) == {one.pk for one in files.values()}
    assert papers_of(agency, []).secret == frozenset()
