"""Codes by mail, against a real SMTP server on this machine: dealt out by chance, and nothing is left of who got one."""

from __future__ import annotations

import logging
import re

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.serializers import serialize

from prongsai.web.agencies.models import Agency, AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.notify.models import Mail
from prongsai.web.surveys.models import Batch, Code
from prongsai.web.surveys.services.mailing import MOST, MailDown, addresses_in, mail_codes, remind_all
from prongsai.web.surveys.services.storing import NotTaken, store
from prongsai.web.surveys.services.wording import Invitation, Reminder
from prongsai.web.surveys.tokens import digest, new_form, read_code
from tests.web.notify.test_mail import down, point_at, start  # noqa: F401  # reason: fixtures
from tests.web.surveys import asked

PEOPLE = [f"resident{n}@example.org" for n in range(12)]
HOST = "https://ita.example.go.th/05170201/ask/abcdefgh/"


def link(code: str) -> str:
    return f"{HOST}#{code}"


def code_of(letter) -> str:
    (code,) = re.findall(r"#(\d{16})", letter.get_content())
    return read_code(code)


def kept() -> str:
    """Everything that the database holds."""
    return "".join(serialize("json", model._base_manager.all()) for model in apps.get_models())


def post(system, survey, addresses=PEOPLE, group=None):
    return mail_codes(system, survey=survey, group=group, addresses=addresses, link=link)


def ours(caplog) -> str:
    """What was logged here; the mail server of the test keeps a log of its own."""
    return "".join(one.getMessage() for one in caplog.records if not one.name.startswith("mail."))


@pytest.mark.django_db
def test_everybody_gets_one_code_and_no_row_or_log_line_holds_an_address_or_code(agency: Agency, system, start, caplog):  # noqa: F811
    survey = asked.survey(agency)
    box = start()
    caplog.set_level(logging.DEBUG)
    posted = post(system, survey, [*PEOPLE, PEOPLE[0].upper()])
    to = sorted(receivers[0].casefold() for receivers, _letter in box.letters)
    codes = [code_of(letter) for _to, letter in box.letters]
    assert (posted.sent, posted.failed, to) == (12, (), sorted(PEOPLE))
    assert {digest(survey.pk, one) for one in codes} == set(Code.objects.values_list("digest", flat=True))
    told = kept() + ours(caplog)
    assert not [one for one in (*codes, *PEOPLE) if one in told]
    assert not Mail.objects.exists()
    store(asked.as_open(survey), asked.sheet(1), form=new_form(), code=codes[0])


@pytest.mark.django_db
def test_letters_are_the_same_but_for_the_code(agency: Agency, system, start):  # noqa: F811
    survey = asked.survey(agency)
    box = start()
    post(system, survey)
    bodies = {re.sub(r"\d{16}|\d{4}( \d{4}){3}", "-", letter.get_content()) for _to, letter in box.letters}
    heads = {(letter["Subject"], letter["Date"], letter["From"]) for _to, letter in box.letters}
    assert len(bodies) == len(heads) == 1
    names = [letter["Message-ID"] for _to, letter in box.letters]
    assert len(set(names)) == 12 and all(re.fullmatch(r"<[0-9a-f]{32}@.+>", one) for one in names)
    codes = [code_of(letter) for _to, letter in box.letters]
    assert not [one for one in codes if one in "".join(names) or one in box.letters[0][1]["Subject"]]


@pytest.mark.django_db
def test_neither_the_order_given_nor_that_of_the_rows_shows_in_what_is_sent(agency: Agency, system, start):  # noqa: F811
    """With 60 letters, that either order stays by chance happens once in 60 factorial."""
    survey = asked.survey(agency)
    box = start()
    people = [f"{n:03d}@example.org" for n in range(60)]
    post(system, survey, people)
    sent = [receivers[0] for receivers, _letter in box.letters]
    digests = [digest(survey.pk, code_of(letter)) for _to, letter in box.letters]
    by_person = [one for _to, one in sorted(zip(sent, digests, strict=True))]
    assert sorted(sent) == people and sent != people
    assert digests != sorted(digests) and by_person != sorted(by_person)


@pytest.mark.django_db
def test_code_of_a_letter_that_is_refused_is_deleted_and_the_address_told_once(agency: Agency, system, start, caplog):  # noqa: F811
    survey = asked.survey(agency)
    box = start()
    box.refused = {PEOPLE[3]}
    caplog.set_level(logging.DEBUG)
    posted = post(system, survey)
    assert (posted.sent, posted.failed) == (11, (PEOPLE[3],))
    batch = Batch.objects.get()
    assert batch.size == batch.codes.count() == len(box.letters) == 11
    assert PEOPLE[3] not in kept() + ours(caplog)


@pytest.mark.django_db
@pytest.mark.parametrize("sent", [4, 5])
def test_codes_of_fewer_letters_than_k_stop_working_and_the_page_says_so(agency: Agency, start, sign_in, sent):  # noqa: F811
    survey = asked.survey(agency)
    box = start()
    box.refused = set(PEOPLE[sent:])
    url = f"/{agency.code}/surveys/{survey.pk}/codes/mail/"
    page = sign_in(Role.COORDINATOR).post(url, {"addresses": "\n".join(PEOPLE)}).content.decode()
    batch = Batch.objects.get()
    assert (batch.size, batch.is_void) == (sent, sent < survey.k)
    assert ("รหัสในจดหมายที่ส่งไปแล้วใช้ไม่ได้" in page) is ("ส่งใหม่ถึงทุกคนพร้อมกัน" in page) is batch.is_void
    if batch.is_void:
        with pytest.raises(NotTaken):
            store(asked.as_open(survey), asked.sheet(1), form=new_form(), code=code_of(box.letters[0][1]))


@pytest.mark.django_db
def test_letters_promise_that_nobody_knows_what_was_answered_not_whether(agency: Agency):
    survey = asked.survey(agency)
    survey.title_en = "Satisfaction"
    invitation = Invitation(survey, link).of("1234567890123456")
    assert "ไม่มีใครรู้ว่าท่านตอบว่าอะไร" in invitation and "nobody can tell what you answered" in invitation
    told = (invitation + Reminder(survey).text).casefold()
    assert not [one for one in ("ตอบหรือไม่", "ไม่มีใครรู้ว่าใคร", "whether", "can tell who") if one in told]


@pytest.mark.django_db
def test_nothing_is_left_when_nobody_could_be_reached(agency: Agency, system, settings, start, down):  # noqa: F811
    survey = asked.survey(agency)
    point_at(settings, down)
    with pytest.raises(MailDown):
        post(system, survey)
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    with pytest.raises(MailDown):
        post(system, survey)
    box = start()
    box.refused = set(PEOPLE)
    assert post(system, survey).sent == 0
    assert not Batch.objects.exists() and not Code.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("addresses", "told"),
    [
        ([*PEOPLE, "malee", "ก@"], "malee ก@"),
        ([*PEOPLE[:4], PEOPLE[0].upper()], "๔"),
        ([f"{n}@example.org" for n in range(MOST + 1)], "๒๐๑"),
    ],
)
def test_faulty_too_few_or_too_many_addresses_are_told_before_anything_is_sent(
    agency: Agency,
    system,
    start,  # noqa: F811
    addresses,
    told,
):
    survey = asked.survey(agency)
    box = start()
    for act in (post, lambda *given: remind_all(given[0], survey=given[1], addresses=given[2])):
        with pytest.raises(ValidationError) as refused:
            act(system, survey, addresses)
        assert told in refused.value.message_dict["addresses"][0]
    assert box.letters == [] and not Batch.objects.exists()


@pytest.mark.django_db
def test_reminder_goes_to_all_without_a_code_and_the_journal_tells_how_many(agency: Agency, system, start):  # noqa: F811
    survey = asked.survey(agency)
    box = start()
    post(system, survey, group=survey.groups.first())
    before = len(box.letters)
    assert remind_all(system, survey=survey, addresses=PEOPLE).sent == 12
    reminders = [letter for _to, letter in box.letters[before:]]
    assert len({one.get_content() for one in reminders}) == 1
    assert not re.search(r"[0-9]{4}|#", reminders[0].get_content())
    lines = {one.action: one.changes for one in AuditEntry.objects.filter(action__in=("survey.codes", "survey.remind"))}
    assert lines["survey.remind"] == {"letters": [None, 12]}
    assert lines["survey.codes"]["size"] == [None, 12]


def test_pasted_lists_are_read_with_names_and_faulty_words_are_not_passed_over():
    text = "นางมาลี ตั้งใจ <malee@example.org>, somchai@example.org\nสมหญิง ying@example.org; chai.example.org\r\nไม่มี\n"
    expected = ["malee@example.org", "somchai@example.org", "ying@example.org", "chai.example.org", "ไม่มี"]
    assert addresses_in(text) == expected
