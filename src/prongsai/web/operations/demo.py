"""The made-up municipality, put into an empty database by the same services and importer that an office uses."""

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

import prongsai
from prongsai.errors import ProngsaiError
from prongsai.thai.dates import fiscal_year_be
from prongsai.web import environment
from prongsai.web.agencies import accounts, services
from prongsai.web.agencies.models import Agency, Membership, Person, Post, User
from prongsai.web.agencies.queries import scope_of
from prongsai.web.agencies.queries.tables import Kind, plan_of, read_upload
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles import services as cycles
from prongsai.web.cycles.models import ScoreKind
from prongsai.web.disclosure.services import building
from prongsai.web.duties import services as duties
from prongsai.web.intake import services as intake
from prongsai.web.operations import demo_complaints, demo_letters, demo_mentor, demo_registers, demo_site, demo_surveys
from prongsai.web.operations.demo_complaints import Holding, Made
from prongsai.web.operations.services import set_up

ACCOUNTS = "demo.json"
KEYS = "demo-keys.json"  # of the sealed channel
AGENCY = {
    "name": "เทศบาลตำบลบ้านสวนพลู",
    "code": "05160101",
    "kind": "subdistrict",
    "province": "ลพบุรี",
    "district": "เมืองลพบุรี",
    "letter_prefix": "ลบ ๕๒๗๐๑",
    "name_en": "Ban Suan Phlu Subdistrict Municipality",
    "address": "99 หมู่ 3 ตำบลบ้านสวนพลู อำเภอเมืองลพบุรี จังหวัดลพบุรี 15000",
    "phone": "0-3600-0000",
    "email": "saraban@suanphlu.example",
}
ADMIN, ADMIN_POST = "นายระบบ แม่นยำ", "ผู้ดูแลระบบ"
# Whose sign-in stands for which role. Other posts that head a unit are heads, the rest are officers.
POSTS = {
    Role.MAYOR: "นายกเทศมนตรี",
    Role.SECRETARY: "ปลัดเทศบาล",
    Role.COORDINATOR: "หัวหน้าสำนักปลัดเทศบาล",
    Role.HEAD: "ผู้อำนวยการกองคลัง",
    Role.OFFICER: "นายช่างโยธา",
    Role.CLERK: "เจ้าพนักงานธุรการ",
    Role.ANALYST: "นักวิเคราะห์นโยบายและแผน",
    Role.LEGAL: "นิติกร",
    Role.SUPPLY: "เจ้าพนักงานพัสดุ",
    Role.PERSONNEL: "นักทรัพยากรบุคคล",
    Role.PUBLISHER: "นักประชาสัมพันธ์",
    Role.AUDITOR: "นักวิชาการตรวจสอบภายใน",
    Role.PRIVACY: "เจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคล",
    Role.COUNCIL: "สมาชิกสภาเทศบาล",
}
# Official results by assessed year. measures-report-2568.txt is left for whoever tries the platform.
SCORES = {2566: "scores-2566.json", 2567: "scores-2567.json"}
NEWEST = 2569  # the year whose items the registers prove
PAPERS = ("gap-memo-2566.txt", "score-results-2567.txt", "indicator-plan-2567.txt", "tracking-2567.txt")
_WORDS = ("suanphlu", "lopburi", "prongsai", "tambon", "khlang", "thesaban")  # easily typed, easily read out


class NotADemo(ProngsaiError):
    """The database is of an office."""

    def __init__(self) -> None:
        super().__init__(
            "the database belongs to an office",
            message_th=f"ข้อมูลใน {settings.DATA_FOLDER} เป็นของหน่วยงานจริง ไม่ใช่ชุดสาธิต",
            mend_th="เปิดด้วย prongsai serve หรือให้ชุดสาธิตใช้โฟลเดอร์อื่นด้วย --data",
        )


@dataclass(frozen=True, slots=True)
class Account:
    """A sign-in of the demonstration. name: who it is; post: what that person is."""

    role: str
    username: str
    password: str
    name: str = ""
    post: str = ""


def ready() -> list[Account]:
    """Load the municipality if the database is empty; give the sign-ins. Raises NotADemo.

    All of it or nothing: cut off half-way, it begins anew the next time.
    """
    folder = Path(settings.DATA_FOLDER)
    if Agency.objects.exists():
        if Agency.objects.filter(is_demo=False).exists():
            raise NotADemo
        demo_surveys.ensure(Role.COORDINATOR, NEWEST)
        return _kept(folder)
    given = [Account(str(role), str(role), _password()) for role in Role]
    with transaction.atomic():
        found, made = load({Role(account.role): account for account in given})
        found.append(_mentor())
        _keep(folder / ACCOUNTS, [asdict(each) for each in found])
        _keep(folder / KEYS, asdict(made))
    demo_surveys.ensure(Role.COORDINATOR, NEWEST)
    building.build(Agency.objects.get(code=AGENCY["code"]))
    return found


def keys() -> Made:
    """Give the keys of the sealed channel that ``ready`` made, and receipts; none where an older version made it."""
    path = Path(settings.DATA_FOLDER) / KEYS
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"keys": (), "receipts": ()}
    return Made(tuple(Holding(**each) for each in kept["keys"]), tuple(kept["receipts"]))


def load(given: dict[Role, Account]) -> tuple[list[Account], Made]:
    """Do what an office does in its first days, step by step; give the sign-ins, and the keys of the sealed channel."""
    admin = given[Role.ADMIN]
    agency = Agency(**AGENCY, is_demo=True)
    made = set_up(
        agency=agency,
        person=ADMIN,
        post=ADMIN_POST,
        username=admin.username,
        password=admin.password,
        roles=[Role.ADMIN],
    )
    keeper = scope_of(made.user, agency.code)
    assert keeper is not None
    _staff(keeper)
    people = _accounts(keeper, given)
    worker = scope_of(people[Role.COORDINATOR].user, agency.code)
    assert worker is not None
    _results(worker)
    _papers(worker)
    cycles.ensure_cycle(worker, fiscal_year_be=NEWEST)
    duties.open_year(worker, fiscal_year_be=fiscal_year_be(worker.today))
    working = _scopes(people, agency.code)
    demo_registers.load(working, samples())
    demo_letters.load(working)
    passwords = {str(role): each.password for role, each in given.items()}
    passwords |= {who: _password() for who in demo_complaints.OUTSIDE}
    made_keys = demo_complaints.load(working, passwords, samples())
    demo_site.load(working, samples(), NEWEST)
    found = [
        Account(role, each.username, each.password, str(people[role].person), _post_of(people[role].person))
        for role, each in given.items()
    ]
    return found, made_keys


def samples() -> Path:
    """Give the folder of samples: shipped with the package, or beside it in the repository. Raises ProngsaiError."""
    package = Path(prongsai.__file__).parent
    for folder in (package / "web" / "operations" / "samples", package.parents[1] / "samples"):
        if (folder / "office-tables").is_dir():
            return folder
    raise ProngsaiError(
        "the samples are not there",
        message_th="ไม่พบโฟลเดอร์ตัวอย่าง (samples) ของชุดสาธิต",
        mend_th="ติดตั้งโปร่งใสใหม่ หรือใช้จากที่เก็บซอร์สด้วย make run",
    )


# --- the steps ------------------------------------------------------------------------------------------------------
def _staff(scope: Scope) -> None:
    """Bring units, posts and people in as tables, as on the page of bulk entry; then say which roles posts have."""
    for kind in (Kind.UNITS, Kind.POSTS, Kind.PEOPLE):
        name = f"{kind}.csv"
        rows = read_upload((samples() / "office-tables" / name).read_bytes(), name, kind)
        table = services.stage_table(scope, kind=kind, rows=rows, name=name)
        services.save_table(scope, table=table, seen=plan_of(scope, kind, table.rows).digest)
    roles = {title: role for role, title in POSTS.items()}
    for post in Post.objects.filter(agency=scope.agency).exclude(roles__role=Role.ADMIN):
        role = roles.get(post.title, Role.HEAD if post.is_head else Role.OFFICER)
        services.give_roles(scope, post=post, roles=[role])


def _accounts(scope: Scope, given: dict[Role, Account]) -> dict[Role, Membership]:
    """Invite a person in each role, and accept."""
    found = {Role.ADMIN: Membership.objects.select_related("user", "person").get(agency=scope.agency)}
    for role, account in given.items():
        if role not in found:
            post = Post.objects.get(agency=scope.agency, title=POSTS[role])
            person = post.appointments.get().person
            invited = accounts.invite(scope, person=person, link=lambda token: token)
            found[role] = accounts.accept(token=invited.address, username=account.username, password=account.password)
    return found


def _scopes(people: dict[Role, Membership], code: str) -> dict[Role, Scope]:
    found = {role: scope_of(member.user, code) for role, member in people.items()}
    return {role: scope for role, scope in found.items() if scope is not None}


def _results(scope: Scope) -> None:
    """Open the years that are over, each with its official result."""
    for year, name in SCORES.items():
        cycle = cycles.ensure_cycle(scope, fiscal_year_be=year)
        given = json.loads((samples() / "clean" / name).read_text(encoding="utf-8"))
        cycles.take_scores(scope, cycle=cycle, kind=ScoreKind.OFFICIAL, given=given, source=name)


def _papers(scope: Scope) -> None:
    """Bring papers in and accept what is clean; the rest waits for a person."""
    for name in PAPERS:
        content = (samples() / "clean" / name).read_bytes()
        paper = intake.take_in(scope, name=name, content=content)
        intake.accept_clean(scope, intake=paper, version=paper.version)


def _mentor() -> Account:
    """Make the office that looks at the municipality and its neighbours, with a sign-in of its own."""
    password, coordinator = _password(), User.objects.get(username=Role.COORDINATOR)
    worker = scope_of(coordinator, AGENCY["code"])
    assert worker is not None
    demo_mentor.load_office(worker, framework_id=f"ita-{NEWEST}", username=demo_mentor.MENTOR, password=password)
    return Account(demo_mentor.MENTOR, demo_mentor.MENTOR, password, demo_mentor.NAME, demo_mentor.POST)


# --- small things ---------------------------------------------------------------------------------------------------
def _post_of(person: Person) -> str:
    return str(person.appointments.select_related("post").order_by("pk")[0].post)


def _password() -> str:
    return f"{secrets.choice(_WORDS)}-{secrets.randbelow(9000) + 1000}-{secrets.randbelow(9000) + 1000}"


def _keep(path: Path, found: object) -> None:
    path.unlink(missing_ok=True)  # of a loading that was cut off
    environment.write_private(path, json.dumps(found, ensure_ascii=False, indent=1))


def _kept(folder: Path) -> list[Account]:
    path = folder / ACCOUNTS
    if not path.exists():
        raise ProngsaiError(
            f"{path} is missing",
            message_th=f"ไม่พบรายการบัญชีของชุดสาธิต {path}",
            mend_th="ลบโฟลเดอร์ข้อมูลของชุดสาธิตแล้วเริ่มใหม่",
        )
    return [Account(**each) for each in json.loads(path.read_text(encoding="utf-8"))]
