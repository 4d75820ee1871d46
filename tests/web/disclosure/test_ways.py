"""Ways between the parts of publication: the same tabs on top of each, and from an item's line to its page."""

from __future__ import annotations

import pytest
from django.urls import reverse

from prongsai.web.agencies.roles import Role
from prongsai.web.disclosure.services import pages
from tests.web.disclosure.conftest import FRAMEWORK

pytestmark = pytest.mark.django_db
PARTS = {
    "overview": (), "news": (), "inspect": (FRAMEWORK,), "submission": (FRAMEWORK,), "objections": (FRAMEWORK,),
    "addresses": (), "proof": (), "channels": (), "build": (), "settings": (),
}  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_every_part_leads_to_every_other_and_says_which_it_is(agency, cycle, sign_in, part):
    addresses = {name: reverse(f"disclosure:{name}", args=[agency.code, *given]) for name, given in PARTS.items()}
    text = sign_in(Role.PUBLISHER).get(addresses[part]).content.decode()
    assert [name for name, address in addresses.items() if f'<a href="{address}"' not in text] == []
    tabs = text[text.index('<nav class="tabs no-print"') :]
    assert tabs[: tabs.index("</nav>")].count(f'<a href="{addresses[part]}" aria-current="page">') == 1


def test_parts_of_the_publisher_are_not_offered_to_others(agency, cycle, sign_in):
    text = sign_in(Role.HEAD).get(reverse("disclosure:overview", args=[agency.code])).content.decode()
    assert [reverse(f"disclosure:{name}", args=[agency.code]) in text for name in ("build", "settings")] == [False] * 2


@pytest.mark.parametrize("part", ["inspect", "submission"])
def test_lines_of_items_lead_to_their_pages(agency, page, publish, sign_in, part):
    publish(page)
    text = sign_in(Role.HEAD).get(reverse(f"disclosure:{part}", args=[agency.code, FRAMEWORK])).content.decode()
    assert text.count(f'href="{reverse("disclosure:page", args=[agency.code, page.pk])}"') == 1


def test_page_of_a_page_leads_to_papers_postings_check_and_submission(agency, page, publish, sign_in):
    publish(page)
    text = sign_in(Role.HEAD).get(reverse("disclosure:page", args=[agency.code, page.pk])).content.decode()
    item = (agency.code, FRAMEWORK, page.item_key)
    wanted = [
        *(reverse("disclosure:request_paper", args=[agency.code, page.pk, form]) for form in ("docx", "pdf")),
        reverse("disclosure:posting_add", args=[agency.code, page.pk]),
        reverse("disclosure:inspect_item", args=item),
        reverse("disclosure:submission_item", args=item),
    ]
    assert [address for address in wanted if f'href="{address}' not in text] == []


def test_overview_leads_to_the_report_of_the_year(agency, cycle, sign_in):
    text = sign_in(Role.HEAD).get(reverse("disclosure:overview", args=[agency.code])).content.decode()
    assert reverse("disclosure:year_report", args=[agency.code, 2569, "docx"]) in text


def test_what_every_item_lacks_is_said_once_on_the_sheet(agency, item, publish, scope, sign_in):
    for key in ("organisation.executives", "procurement.monthly"):
        publish(pages.ensure_item_page(scope(Role.HEAD), item=item(key)))
    cycle = item().cycle
    cycle.items.exclude(key__in=("organisation.executives", "procurement.monthly")).delete()
    path = reverse("disclosure:submission", args=[agency.code, FRAMEWORK])
    assert sign_in(Role.PUBLISHER).get(path).content.decode().count("ยังไม่ได้ตั้งที่อยู่เว็บสาธารณะของหน่วยงาน") == 1


def test_files_of_the_release_before_are_told_until_a_draft_has_them(
    agency, page, publish, scope, file, attach, sign_in
):
    attach(pages.write_release(scope(Role.PUBLISHER), page=page, version=0), file())
    publish(page)
    client, path = sign_in(Role.HEAD), reverse("disclosure:release_edit", args=[agency.code, page.pk])
    assert "ไฟล์ของฉบับก่อนจะตามมาเมื่อบันทึกร่าง" in client.get(path).content.decode()
    pages.write_release(scope(Role.HEAD), page=page, version=0)
    assert "ไฟล์ของฉบับก่อน" not in client.get(path).content.decode()


def test_filters_of_addresses_are_shown_when_there_is_something_to_filter(agency, sign_in):
    path = reverse("disclosure:addresses", args=[agency.code])
    client = sign_in(Role.HEAD)
    assert ['class="filters"' in client.get(path + query).content.decode() for query in ("", "?state=fault")] == [
        False,
        True,
    ]
