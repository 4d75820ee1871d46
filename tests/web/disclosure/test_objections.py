"""Disputes: what may be disputed, the letter, and everything that must stand in the pack of a made-up dispute."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from prongsai.documents.read import read_content
from prongsai.inspection.policy import Policy
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles import services as cycles
from prongsai.web.cycles.models import Cycle, ElementEvidence, ElementState, ItemState
from prongsai.web.disclosure.models import (
    Check,
    Objection,
    Page,
    ProofEntry,
    Release,
    ReleaseFile,
    Submission,
    Watch,
)
from prongsai.web.disclosure.queries import objections as queries
from prongsai.web.disclosure.queries import proof as chain
from prongsai.web.disclosure.services import erasing, objecting
from prongsai.web.disclosure.services.checking import check
from prongsai.web.disclosure.services.proof import prove
from prongsai.web.disclosure.services.watching import watch
from prongsai.web.evidence.models import File
from prongsai.web.evidence.services import add_evidence, erase_file, keep_file
from tests.web import office
from tests.web.disclosure.server import Web, page, serving

pytestmark = pytest.mark.django_db
NEAR = Policy(allow_private=True, delay_seconds=0, ask_robots=False, connect_seconds=2, total_seconds=5)
LOST = ("procurement.monthly", "organisation.contact-and-questions")
WORDS = "ข้อมูลอยู่ในตารางที่ ๒ ของหน้าเว็บ และในไฟล์แนบ หน้า ๓"


@pytest.fixture(autouse=True)
def _near(monkeypatch) -> None:
    monkeypatch.setenv("PRONGSAI_BROWSER", "none")


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as found:
        yield found


@pytest.fixture
def scored(system: Scope, cycle: Cycle) -> Cycle:
    """Full scores for every item but two."""
    items = {one.code: 0 if one.key in LOST else 100 for one in cycle.items.all()}
    surveys = {str(number): 90 for number in range(1, 9)}
    cycles.take_scores(system, cycle=cycle, kind="official", given={"indicators": surveys, "items": items})
    return cycle


def submitted(agency: Agency, item: ItemState, address: str, release: Release | None = None) -> Submission:
    """A submission that was pasted, with its entry of proof."""
    person = office.scope(agency, Role.PUBLISHER).person
    made = Submission.objects.create(
        item=item,
        page=release.page if release else None,
        address=address,
        steps=[{"text": "หน้าแรก", "address": ""}, {"text": "ITA 2569", "address": ""}],
        pages_text="หน้า 3",
        explanation=f"เผยแพร่ไว้ที่ {address}\nดูตารางที่ 2",
        state="pasted",
        pasted_by=person,
        pasted_at=timezone.now(),
    )
    prove(agency, kind="submission", subject=made.pk, content={"address": address})
    return made


def published(system: Scope, item: ItemState, words: bytes, *, ago: timedelta, number: int = 1) -> Release:
    """A release as it is frozen, with a file and its entry of proof."""
    home, _made = Page.objects.get_or_create(
        agency=system.agency, item=item, defaults={"kind": "item", "path": f"2569/{item.key}", "title": item.title}
    )
    release = Release.objects.create(
        page=home,
        number=number,
        state="approved",
        title=item.title,
        published_at=timezone.now() - ago,
        sha256=hashlib.sha256(b"release " + words).hexdigest(),
    )
    file = keep_file(system, name="รายงาน.txt", content=words)
    ReleaseFile.objects.create(release=release, file=file, title="รายงานรายเดือน", name="report.txt")
    home.current, home.state = release, "public"
    home.save()
    prove(system.agency, kind="release", subject=release.pk, content={"path": home.path, "sha256": release.sha256})
    return release


@pytest.fixture
def dispute(scored: Cycle, system: Scope, agency: Agency, web: Web) -> Objection:
    """Two items below full: each submitted, looked at on several dates, published here or not, one element judged."""
    for number, key in enumerate(LOST):
        item = scored.items.get(key=key)
        first = published(system, item, f"ฉบับแรกของ {key}".encode(), ago=timedelta(days=9))
        published(system, item, f"ฉบับแก้ไขของ {key}".encode(), ago=timedelta(days=4), number=2)
        address = web.put(f"/o{number}/", page(f"ข้อ {item.code}"))
        submitted(agency, item, address, first)
        found = watch(system, address=address, why=Watch.SUBMITTED, item=item)
        check(found, occasion="submission", policy=NEAR)
        check(found, occasion="scheduled", policy=NEAR)
        web.put(f"/o{number}/", page(f"ข้อ {item.code} แก้ไข"))
        check(found, occasion="scheduled", policy=NEAR)
        element = item.elements.order_by("place")[0]
        ElementState.objects.filter(pk=element.pk).update(verdict="pass", reason="พบในตารางที่ ๒ หน้า ๓")
        proof = add_evidence(system, title=f"หลักฐานของ {item.code}", address=address)
        ElementEvidence.objects.create(element=element, evidence=proof, page="หน้า ๓")
    points = [
        {"item": key, "criterion": [scored.items.get(key=key).elements.order_by("place")[0].key], "words": WORDS}
        for key in LOST
    ]
    return objecting.object_to(office.scope(agency, Role.COORDINATOR), cycle=scored, points=points)


def packed(scope: Scope, objection: Objection) -> zipfile.ZipFile:
    """Make the pack and open it."""
    made = objecting.make_pack(scope, objection=objection, version=objection.version)
    path = chain.store.path_of(scope.agency.code, made.pack.sha256)
    return zipfile.ZipFile(io.BytesIO(path.read_bytes()))


# --- what may be disputed -------------------------------------------------------------------------------------------
def test_items_below_full_may_be_disputed(scored):
    assert [(one.item.key, one.score) for one in queries.disputable(scored)] == [
        (item.key, 0) for item in scored.items.filter(key__in=LOST)
    ]


def test_without_official_scores_nothing_is_disputed(cycle):
    assert queries.disputable(cycle) == ()


@pytest.mark.parametrize(
    "points",
    [
        [],
        [{"item": "organisation.executives", "criterion": [], "words": WORDS}],
        [{"item": "nothing", "criterion": [], "words": WORDS}],
        [{"item": LOST[0], "criterion": [], "words": " "}],
        [{"item": LOST[0], "criterion": ["nothing"], "words": WORDS}],
        [{"item": LOST[0], "criterion": [], "words": WORDS}] * 2,
        [{"item": LOST[0], "criterion": [], "words": "ก" * 4001}],
    ],
)
def test_what_cannot_be_disputed_is_refused(scored, system, points):
    with pytest.raises(ValidationError):
        objecting.object_to(system, cycle=scored, points=points)
    assert not Objection.objects.exists()


# --- the pack -------------------------------------------------------------------------------------------------------
def test_pack_of_a_dispute_holds_for_each_item_link_snapshots_elements_and_the_letter(dispute, agency, scope):
    """Shows: in the pack of a made-up dispute for each item: submitted link, dated snapshots, element → criterion, letter."""
    pack = packed(scope(Role.COORDINATOR), dispute)
    names = set(pack.namelist())
    assert {"index.html", "letter.docx", "letter.pdf", "SHA256SUMS.txt"} <= names
    letter_words = words_of(pack, "letter.docx")
    for item in dispute.cycle.items.filter(key__in=LOST):
        folder, submission = f"items/{item.code}", item.submission
        summary = pack.read(f"{folder}/summary.html").decode()
        plain = pack.read(f"{folder}/summary.txt").decode("utf-8-sig")
        element = item.elements.order_by("place")[0]
        for text in (summary, plain):
            assert submission.address in text
            assert WORDS in text
            assert element.text in text and "พบในตารางที่ ๒ หน้า ๓" in text and f"หลักฐานของ {item.code}" in text
        assert submission.explanation in pack.read(f"{folder}/submission.txt").decode("utf-8-sig").replace("\r\n", "\n")
        looks = Check.objects.filter(watched__item=item).order_by("pk")
        snapshots = sorted(name for name in names if name.startswith(f"{folder}/snapshots/") and name.endswith(".html"))
        assert [pack.read(name).decode() for name in snapshots] == [
            page(f"ข้อ {item.code}"),
            page(f"ข้อ {item.code} แก้ไข"),
        ]
        assert [timezone.localtime(look.at).strftime("%Y%m%d-%H%M%S") in snapshots[0] for look in looks[:1]] == [True]
        for look in looks:
            assert look.sha256 in summary and look.sha256 in plain
        for number, text in ((1, "ฉบับแรก"), (2, "ฉบับแก้ไข")):
            assert pack.read(f"{folder}/releases/v{number}/report.txt").decode() == f"{text}ของ {item.key}"
        assert item.code in letter_words and submission.address in letter_words
    assert WORDS in letter_words and "ขอแสดงความนับถือ" in letter_words and "นายสมหมาย ใจกว้าง" in letter_words


def words_of(pack: zipfile.ZipFile, name: str) -> str:
    """Read a document of the pack; spaces as one."""
    document = read_content(pack.read(name), name)
    return " ".join(" ".join(str(getattr(block, "text", "")) for block in document.printed).split())


def test_every_file_of_the_pack_is_listed_with_its_hash(dispute, scope):
    pack = packed(scope(Role.COORDINATOR), dispute)
    sums = dict(reversed(line.split("  ", 1)) for line in pack.read("SHA256SUMS.txt").decode().splitlines())
    assert set(sums) == set(pack.namelist()) - {"SHA256SUMS.txt"}
    assert {name: hashlib.sha256(pack.read(name)).hexdigest() for name in sums} == sums
    kept = set(File.objects.exclude(pk=Objection.objects.get().pack_id).values_list("sha256", flat=True))
    released = set(Release.objects.values_list("sha256", flat=True))
    holds = set(Objection.objects.get().holds)
    assert (len(holds & kept), len(holds & released), holds - kept - released) == (8, 4, set())


def test_chain_in_the_pack_is_verified_without_this_software(dispute, scope):
    pack = packed(scope(Role.COORDINATOR), dispute)
    lines = [json.loads(line) for line in pack.read("proof/chain.jsonl").decode().splitlines()]
    previous = "0" * 64
    for line in lines:
        assert hashlib.sha256(line["text"].encode()).hexdigest() == line["hash"]
        assert json.loads(line["text"])["previous_hash"] == previous
        previous = line["hash"]
    assert pack.read("proof/days.csv").decode("utf-8-sig").splitlines()[1].endswith(previous)
    entries = [name for name in pack.namelist() if name.startswith("proof/entries/")]
    hashes = {hashlib.sha256(pack.read(name)).hexdigest() for name in entries}
    assert hashes == set(ProofEntry.objects.values_list("hash", flat=True))
    headers = next(name for name in pack.namelist() if name.endswith(".headers.json"))
    told = {json.loads(line["text"])["content"].get("headers_sha256") for line in lines}
    assert hashlib.sha256(pack.read(headers)).hexdigest() in told


def test_names_in_the_pack_are_safe_on_every_system(dispute, scope):
    pack = packed(scope(Role.COORDINATOR), dispute)
    for name in pack.namelist():
        assert name.isascii() and len(name) < 100 and ".." not in name
        assert not set(name) & set('<>:"|?*\\')
    assert len({name.lower() for name in pack.namelist()}) == len(pack.namelist())


def test_links_inside_the_pack_lead_to_files(dispute, scope):
    pack = packed(scope(Role.COORDINATOR), dispute)
    names = set(pack.namelist())
    for name in (one for one in names if one.endswith(("index.html", "summary.html"))):
        folder = name.rpartition("/")[0]
        for link in _links(pack.read(name).decode()):
            if not link.startswith(("http://", "../../")):
                assert f"{folder}/{link}".lstrip("/") in names, (name, link)


def _links(text: str) -> list[str]:
    return [part.partition('"')[0] for part in text.split('href="')[1:]]


def test_the_same_dispute_gives_the_same_names(dispute, scope):
    who = scope(Role.COORDINATOR)
    first = packed(who, dispute).namelist()
    dispute.refresh_from_db()
    assert packed(who, dispute).namelist() == first


def test_erased_files_are_told_and_not_in_the_pack(dispute, scope, system, django_capture_on_commit_callbacks):
    gone = ReleaseFile.objects.filter(release__number=1, release__page__item__key=LOST[0]).get().file
    with django_capture_on_commit_callbacks(execute=True):
        erase_file(system, file=gone, reason="มีเลขประจำตัวประชาชน")
    item = dispute.cycle.items.get(key=LOST[0])
    pack = packed(scope(Role.COORDINATOR), dispute)
    folder = f"items/{item.code}"
    assert f"{folder}/releases/v1/report.txt" not in pack.namelist()
    told = pack.read(f"{folder}/releases/v1/report.txt.absent.txt").decode()
    assert gone.sha256 in told and "ลบแล้วเพื่อคุ้มครองข้อมูลส่วนบุคคล" in told
    assert "ลบแล้วเพื่อคุ้มครองข้อมูลส่วนบุคคล" in pack.read(f"{folder}/summary.html").decode()
    assert gone.sha256 not in Objection.objects.get().holds


def test_words_that_were_erased_are_told_and_not_in_the_pack(dispute, scope):
    release = ReleaseFile.objects.filter(release__number=1, release__page__item__key=LOST[0]).get().release
    release.body = [{"kind": "paragraph", "lines": ["ของนางสาวสมศรี"]}]
    release.save()
    folder = f"items/{release.page.item.code}/releases/v1/release.json"
    assert "นางสาวสมศรี" in packed(scope(Role.COORDINATOR), dispute).read(folder).decode()
    pack = Objection.objects.get().pack
    erasing.erase_release(scope(Role.PRIVACY), release=release, version=None, reason="เจ้าของข้อมูลขอให้ลบ")
    pack.refresh_from_db()
    dispute.refresh_from_db()
    told = json.loads(packed(scope(Role.COORDINATOR), dispute).read(folder))
    assert (pack.erased_at is None, told["body"], told["erased_at"] is None) == (False, [], False)
    assert release.sha256 not in Objection.objects.get().holds


def test_only_what_is_known_until_now_counts(dispute, system):
    item = dispute.cycle.items.get(key=LOST[0])
    later = published(system, item, b"later", ago=-timedelta(days=1), number=3)
    cases = {case.item.key: case for case in queries.cases_of(dispute)}
    assert later.pk not in [one.release.pk for one in cases[LOST[0]].standings]
    assert [one.release.number for one in cases[LOST[0]].standings] == [1, 2]
    assert cases[LOST[0]].standings[0].until == cases[LOST[0]].standings[1].since
    before = queries.cases_of(dispute, until=timezone.now() - timedelta(days=30))
    assert [(len(case.looks), len(case.standings), len(case.entries)) for case in before] == [(0, 0, 0)] * 2


def test_only_the_submitted_address_counts(dispute, system, web):
    item = dispute.cycle.items.get(key=LOST[0])
    other = watch(system, address=web.put("/other/", page("ที่อื่น")), why=Watch.OWN, item=item)
    check(other, occasion="manual", policy=NEAR)
    case = next(case for case in queries.cases_of(dispute) if case.item == item)
    assert {look.watched.address for look in case.looks} == {item.submission.address}


# --- pages ----------------------------------------------------------------------------------------------------------
def posted(cycle: Cycle, **more: object) -> dict[str, object]:
    item = cycle.items.get(key=LOST[0])
    return {
        f"item{item.pk}": "on",
        f"item{item.pk}_criterion": [item.elements.order_by("place")[0].key],
        f"item{item.pk}_words": WORDS,
    } | more


def test_a_dispute_is_made_packed_and_taken_home(scored, agency, sign_in):
    client, root = sign_in(Role.COORDINATOR), f"/{agency.code}/site/objections/{scored.framework_id}/"
    assert client.get(f"{root}add/").status_code == 200
    assert client.post(f"{root}add/", posted(scored)).status_code == 302
    made = Objection.objects.get()
    assert [point["item"] for point in made.points] == [LOST[0]]
    assert client.get(f"{root}{made.pk}/pack/").status_code == 404
    client.post(f"{root}{made.pk}/make/", {"version": made.version})
    answer = client.get(f"{root}{made.pk}/pack/")
    assert answer["Content-Disposition"] == f'attachment; filename="objection-{scored.framework_id}-{made.pk}.zip"'
    assert zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).testzip() is None
    assert "zip" in client.get(root).content.decode()


def test_a_dispute_without_words_or_items_is_asked_again(scored, agency, sign_in):
    client, root = sign_in(Role.COORDINATOR), f"/{agency.code}/site/objections/{scored.framework_id}/add/"
    item = scored.items.get(key=LOST[0])
    assert client.post(root, {}).status_code == 422
    answer = client.post(root, posted(scored, **{f"item{item.pk}_words": ""}))
    assert answer.status_code == 422 and "เขียนคำชี้แจงของข้อนี้" in answer.content.decode()


def test_a_dispute_is_changed_with_the_version_that_was_seen(dispute, scored, agency, sign_in):
    client = sign_in(Role.COORDINATOR)
    address = f"/{agency.code}/site/objections/{scored.framework_id}/{dispute.pk}/edit/"
    assert client.post(address, posted(scored, version=9)).status_code == 409
    assert client.post(address, posted(scored, version=dispute.version)).status_code == 302
    dispute.refresh_from_db()
    assert [point["item"] for point in dispute.points] == [LOST[0]]
    with pytest.raises(Stale):
        objecting.make_pack(office.scope(agency, Role.COORDINATOR), objection=dispute, version=1)


def test_a_replaced_pack_is_taken_away(dispute, scope, agency, django_capture_on_commit_callbacks):
    """What must be erased is looked for in the pack that stands; no other may lie about."""
    who = scope(Role.COORDINATOR)
    paths = []
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            objecting.make_pack(who, objection=dispute, version=dispute.version)
            paths.append(chain.store.path_of(agency.code, dispute.pack.sha256))
            prove(agency, kind="withdrawal", subject=1, content={"path": "x"})
    assert [path.exists() for path in paths] == [False, True]
    with django_capture_on_commit_callbacks(execute=True):
        objecting.rewrite(who, objection=dispute, version=dispute.version, points=dispute.points[:1])
    dispute.refresh_from_db()
    assert (dispute.pack, dispute.holds, paths[1].exists()) == (None, [], False)
    assert not File.objects.filter(media_type="application/zip").exists()


def test_what_is_erased_while_the_pack_is_made_does_not_get_in(dispute, scope, system, agency, monkeypatch):
    write = objecting.packing.write

    def erased_meanwhile(*args: object, **named: object) -> object:
        made = write(*args, **named)
        erase_file(system, file=ReleaseFile.objects.first().file, reason="มีเลขประจำตัวประชาชน")
        return made

    monkeypatch.setattr(objecting.packing, "write", erased_meanwhile)
    with pytest.raises(Stale):
        objecting.make_pack(scope(Role.COORDINATOR), objection=dispute, version=dispute.version)
    assert not File.objects.filter(media_type="application/zip").exists()
    assert list((chain.store.folder_of(agency.code) / "incoming").iterdir()) == []


@pytest.mark.parametrize("role", [Role.OFFICER, Role.AUDITOR, Role.PUBLISHER])
def test_others_read_but_do_not_dispute(dispute, scored, agency, sign_in, role):
    client, root = sign_in(role), f"/{agency.code}/site/objections/{scored.framework_id}/"
    assert [client.get(root).status_code, client.get(f"{root}{dispute.pk}/").status_code] == [200, 200]
    assert [client.get(f"{root}add/").status_code, client.get(f"{root}{dispute.pk}/edit/").status_code] == [404, 404]
    assert client.post(f"{root}{dispute.pk}/make/", {"version": 1}).status_code == 404


def test_other_agencies_see_nothing(dispute, scored, other_agency, sign_in):
    client = sign_in(Role.COORDINATOR, of=other_agency)
    root = f"/{other_agency.code}/site/objections/{scored.framework_id}/"
    assert [client.get(f"{root}{path}").status_code for path in ("", "add/", f"{dispute.pk}/")] == [404] * 3


@pytest.mark.parametrize("count", [1, 2])
def test_a_dispute_costs_a_constant_number_of_queries(
    dispute, scored, agency, sign_in, count, django_assert_num_queries
):
    Objection.objects.filter(pk=dispute.pk).update(points=dispute.points[:count])
    client, address = sign_in(Role.AUDITOR), f"/{agency.code}/site/objections/{scored.framework_id}/{dispute.pk}/"
    client.get(address)
    with django_assert_num_queries(21):
        client.get(address)
