"""Postings elsewhere: channels as data, a date and a proof or not counted, one approval for many channels."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Role
from prongsai.web.disclosure.models import Channel, Posting, Watch, Watched
from prongsai.web.disclosure.queries import postings as queries
from prongsai.web.disclosure.services import postings
from tests.web import office

TODAY = timezone.localdate()
POST = "https://facebook.example/posts/1"


def url(agency, name: str, *args: object) -> str:
    return reverse(f"disclosure:{name}", args=[agency.code, *args])


def thai(day) -> str:
    return f"{day.day}/{day.month}/{day.year + 543}"


def photo() -> bytes:
    out = BytesIO()
    Image.new("RGB", (20, 20), "navy").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def channel(scope, agency):
    """A channel by its name, those of the beginning there."""
    postings.ensure_channels(scope(Role.PUBLISHER))
    return lambda name="Facebook": Channel.objects.get(agency=agency, name=name)


# --- channels -------------------------------------------------------------------------------------------------------
def test_channels_are_data_that_the_office_begins_changes_and_adds_to(sign_in, agency, scope):
    client = sign_in(Role.PUBLISHER)
    assert client.get(url(agency, "channels")).status_code == 200
    assert Channel.objects.count() == 0
    client.post(url(agency, "channels"), {"begin": "1"})
    names = list(Channel.objects.values_list("name", flat=True))
    assert names == ["Facebook", "LINE OA", "บอร์ดประชาสัมพันธ์", "เสียงตามสาย", "Instagram", "X"]
    client.post(url(agency, "channels"), {"name": "หอกระจายข่าวหมู่ 3", "is_open": "on"})
    made = Channel.objects.get(name="หอกระจายข่าวหมู่ 3")
    assert (made.is_online, made.place) == (False, 6)
    old = Channel.objects.get(name="X")
    client.post(url(agency, "channels"), {"channel": old.pk, "version": old.version, "name": "X (เดิมทวิตเตอร์)"})
    old.refresh_from_db()
    assert (old.name, old.is_open) == ("X (เดิมทวิตเตอร์)", False)
    postings.ensure_channels(scope(Role.PUBLISHER))
    assert Channel.objects.count() == 7


def test_channel_that_somebody_changed_is_not_overwritten(sign_in, agency, scope, channel):
    found = channel()
    postings.change_channel(scope(Role.PUBLISHER), channel=found, version=1, name="เฟซบุ๊ก")
    sent = {"channel": found.pk, "version": "1", "name": "FB", "is_open": "on"}
    answer = sign_in(Role.PUBLISHER).post(url(agency, "channels"), sent)
    found.refresh_from_db()
    assert (answer.status_code, found.name) == (409, "เฟซบุ๊ก")
    twice = {"name": "LINE OA", "is_open": "on"}
    assert sign_in(Role.PUBLISHER).post(url(agency, "channels"), twice).status_code == 422


# --- counted or not -------------------------------------------------------------------------------------------------
def counts(scope, name: str = "Facebook") -> tuple[int, int]:
    found = queries.channels_of(scope).get(name=name)
    return found.n_posted, found.n_planned


def test_posting_counts_with_an_address_or_a_photo_and_with_neither_it_is_planned(
    scope, free_page, publish, channel, file
):
    publish(free_page)
    by = scope(Role.PUBLISHER)
    postings.add_posting(by, page=free_page, channel=channel())
    assert counts(by) == (0, 1)
    postings.add_posting(by, page=free_page, channel=channel(), posted_on=TODAY)
    assert counts(by) == (0, 2)
    postings.add_posting(by, page=free_page, channel=channel(), posted_on=TODAY, address=POST)
    postings.add_posting(by, page=free_page, channel=channel(), posted_on=TODAY, proof=file("บอร์ด.png", photo()))
    assert counts(by) == (2, 2)
    assert [one.is_counted for one in Posting.objects.order_by("pk")] == [False, False, True, True]


def test_one_approval_serves_every_channel(scope, free_page, publish, channel):
    by = scope(Role.PUBLISHER)
    made = publish(free_page)
    for name in ("Facebook", "LINE OA", "X"):
        postings.add_posting(by, page=free_page, channel=channel(name), posted_on=TODAY, address=f"{POST}{name[0]}")
    reach = queries.reach_of(free_page, Channel.objects.all())
    assert [str(one.channel) for one in reach if one.postings] == ["Facebook", "LINE OA", "X"]
    assert free_page.releases.count() == 1
    assert free_page.current == made


def test_page_that_nobody_approved_may_only_be_planned(scope, free_page, channel):
    by = scope(Role.PUBLISHER)
    planned = postings.add_posting(by, page=free_page, channel=channel())
    with pytest.raises(ValidationError) as refused:
        postings.change_posting(by, posting=planned, version=None, posted_on=TODAY, address=POST)
    assert list(refused.value.message_dict) == ["posted_on"]


def test_day_must_have_come_and_not_be_before_the_event(scope, free_page, publish, channel):
    publish(free_page)
    by = scope(Role.PUBLISHER)
    free_page.event_on = TODAY - timedelta(days=2)
    free_page.save()
    for day in (TODAY + timedelta(days=1), TODAY - timedelta(days=3)):
        with pytest.raises(ValidationError):
            postings.add_posting(by, page=free_page, channel=channel(), posted_on=day, address=POST)
    with pytest.raises(ValidationError):
        postings.add_posting(by, page=free_page, channel=channel(), address=POST)
    assert Posting.objects.count() == 0


def test_post_is_watched_from_outside(scope, free_page, publish, channel):
    publish(free_page)
    postings.add_posting(scope(Role.PUBLISHER), page=free_page, channel=channel(), posted_on=TODAY, address=POST)
    assert Watched.objects.get(address=POST).why == Watch.POSTING


# --- pages ----------------------------------------------------------------------------------------------------------
def test_planned_posting_is_entered_and_then_made_by_the_forms(sign_in, agency, free_page, publish, channel):
    publish(free_page)
    client, at = sign_in(Role.PUBLISHER), url(agency, "posting_add", free_page.pk)
    assert client.get(at).status_code == 200
    assert client.post(at, {"channel": channel("บอร์ดประชาสัมพันธ์").pk}).status_code == 302
    made = Posting.objects.get()
    sent = {
        "posted_on": thai(TODAY),
        "file": SimpleUploadedFile("บอร์ด.png", photo(), "image/png"),
        "version": made.version,
    }
    own = url(agency, "posting", made.pk)
    assert client.get(own).status_code == 200
    assert client.post(own, sent).status_code == 302
    made.refresh_from_db()
    assert (made.is_counted, made.posted_on) == (True, TODAY)
    late = client.post(own, {"posted_on": thai(TODAY), "note": "แก้", "version": "1"})
    assert (late.status_code, late.context["form"]["note"].value()) == (409, "แก้")
    assert client.post(own, {"drop": "1"}).status_code == 302
    assert Posting.objects.count() == 0


def test_refusal_keeps_what_was_typed(sign_in, agency, free_page, channel):
    answer = sign_in(Role.PUBLISHER).post(
        url(agency, "posting_add", free_page.pk),
        {"channel": channel().pk, "posted_on": thai(TODAY), "address": POST},
    )
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["posted_on"])
    assert POST in answer.content.decode()
    bad = {"channel": channel().pk, "address": "https://me:secret@facebook.example/"}
    answer = sign_in(Role.PUBLISHER).post(url(agency, "posting_add", free_page.pk), bad)
    assert list(answer.context["form"].errors) == ["address"]


def test_unit_posts_what_is_its_own_and_nobody_elses(sign_in, agency, page, free_page, other_agency):
    assert sign_in(Role.HEAD).get(url(agency, "posting_add", page.pk)).status_code == 200
    assert sign_in(Role.OFFICER).get(url(agency, "posting_add", page.pk)).status_code == 404
    assert sign_in(Role.HEAD).get(url(agency, "posting_add", free_page.pk)).status_code == 404
    foreign = sign_in(Role.PUBLISHER, of=other_agency)
    assert foreign.get(url(other_agency, "posting_add", page.pk)).status_code == 404
    assert sign_in(Role.HEAD).post(url(agency, "channels"), {"begin": "1"}).status_code == 404
    assert sign_in(Role.COUNCIL).get(url(agency, "channels")).status_code == 404


def test_posting_of_another_agency_is_not_found(sign_in, agency, scope, free_page, channel, other_agency):
    made = postings.add_posting(scope(Role.PUBLISHER), page=free_page, channel=channel())
    assert sign_in(Role.PUBLISHER, of=other_agency).get(url(other_agency, "posting", made.pk)).status_code == 404
    foreign = office.scope(other_agency, Role.PUBLISHER)
    with pytest.raises(ValidationError):
        postings.add_posting(foreign, page=free_page, channel=channel())


def test_posting_that_changed_in_the_meantime_is_stale(scope, free_page, channel):
    by = scope(Role.PUBLISHER)
    made = postings.add_posting(by, page=free_page, channel=channel())
    postings.change_posting(by, posting=made, version=1, note="ก")
    with pytest.raises(Stale):
        postings.change_posting(by, posting=made, version=1, note="ข")


def test_list_asks_the_same_few_questions(sign_in, agency, scope, free_page, channel, django_assert_num_queries):
    client, by = sign_in(Role.PUBLISHER), scope(Role.PUBLISHER)
    for count in (1, 3):
        while Posting.objects.count() < count:
            postings.add_posting(by, page=free_page, channel=channel())
        with django_assert_num_queries(11):
            assert len(client.get(url(agency, "channels")).context["page"].object_list) == count
