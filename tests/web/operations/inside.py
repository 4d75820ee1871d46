"""What a test has done or asked inside another installation: ``python -m tests.web.operations.inside WHAT``."""

from __future__ import annotations

import hashlib
import itertools
import json
import sys
from pathlib import Path

from prongsai.cli.platform import start_django

start_django()

from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from prongsai.web.agencies import journal, services  # noqa: E402
from prongsai.web.agencies.models import Agency, AgencyPicture, Person, TableImport, Unit  # noqa: E402
from prongsai.web.agencies.queries.tables import Fate, Kind, plan_of, read_upload  # noqa: E402
from prongsai.web.agencies.roles import Role  # noqa: E402
from prongsai.web.agencies.scope import system_scope  # noqa: E402
from prongsai.web.evidence import services as evidence  # noqa: E402
from prongsai.web.operations import keys, server  # noqa: E402
from tests.web import office  # noqa: E402
from tests.web.operations.tables import tables  # noqa: E402

PERSONS = 8_000
IMPORTED = 500
# Nobody signs in at these offices over HTTP: their fifteen accounts need no dear passwords.
CHEAP = ["django.contrib.auth.hashers.MD5PasswordHasher"]
NOT_CARRIED = {"sessions.session", "usersessions.usersession"}


def ready() -> None:
    """Bring the database to this version."""
    server.prepare()


def fill() -> str:
    """Make the office with work, files, odd values, and a backup key; tell the private half."""
    server.prepare()
    settings.PASSWORD_HASHERS = CHEAP
    agency = office.build()
    scope = office.scope(agency, Role.COORDINATOR)
    for number in range(3):
        file = evidence.keep_file(scope, name=f"หลักฐาน {number}.pdf", content=b"%PDF-1.4\n" + bytes([number]) * 300_000)
        evidence.add_evidence(scope, title=f"หลักฐาน {number}", file=file)
    AgencyPicture.objects.create(agency=agency, which="emblem", content=bytes(range(256)))
    journal.note(
        scope, "odd", agency, {"odd": ({"ข": 1.5, "ก": [None, True, 0.1, 12345678901234567890, 'ญ\u200b\n"\\']}, 1.0)}
    )
    pair = keys.new_pair()
    keys.keep_public(Path(settings.DATA_FOLDER), pair.public)
    return pair.private


def grow() -> None:
    """Add thousands of people, so that a backup takes a while."""
    agency = Agency.objects.get()
    Person.objects.bulk_create(
        Person(agency=agency, given_name=f"คน{n}", family_name="มาก" * 20) for n in range(PERSONS)
    )


def write() -> None:
    """Write on until standard input ends: each time a unit and a person of one name, in one transaction."""
    scope = system_scope(Agency.objects.get())
    written = itertools.count(1)
    sys.stdout.reconfigure(line_buffering=True)
    import threading

    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    while not ended.is_set():
        name = f"เขียน{next(written)}"
        with transaction.atomic():
            journal.create(scope, Unit(agency=scope.agency, name=name, kind="section"), "unit.create")
            journal.create(scope, Person(agency=scope.agency, given_name=name), "person.create")
        print(name)


def written() -> dict[str, object]:
    """Count what ``write`` wrote, and whether the journal's chain holds."""
    return {
        "units": Unit.objects.filter(name__startswith="เขียน").count(),
        "people": Person.objects.filter(given_name__startswith="เขียน").count(),
        "broken": sum(1 for agency in Agency.objects.all() for _ in journal.broken(agency)),
    }


def rows() -> dict[str, str]:
    """Give a hash of the rows of every table, worked out otherwise than backups do, and of every file."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label_lower not in NOT_CARRIED:
            values = [[_told(value) for value in row] for row in model._base_manager.order_by("pk").values_list()]
            found[model._meta.label_lower] = f"{len(values)} {hashlib.sha256(json.dumps(values).encode()).hexdigest()}"
    folder = Path(settings.EVIDENCE_FOLDER)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        found[path.relative_to(folder).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def _told(value: object) -> str:
    if isinstance(value, dict | list):
        return json.dumps(value, sort_keys=True)
    return repr(bytes(value)) if isinstance(value, bytes | memoryview) else repr(value)


def ask_people() -> list[str]:
    """Open a survey of which a month was counted, with eight answers by code that wait; give the codes."""
    from prongsai.web.surveys.services import counting, storing
    from prongsai.web.surveys.tokens import new_form
    from tests.web.surveys import asked

    agency = Agency.objects.get()
    survey = asked.survey(agency, is_monthly=True, quota=20)
    group = survey.groups.first()
    for number in range(6):
        said = f"คำ\u200b{number}\n'\""
        storing.store(asked.as_open(survey), asked.sheet(number, said), form=new_form(), group=group.pk)
    counting.count(system_scope(agency), survey=survey)
    codes = asked.codes(group, 8)
    for number, code in enumerate(codes):
        storing.store(asked.as_open(survey), asked.sheet(number), form=new_form(), code=code)
    return codes


def count_people() -> dict[str, object]:
    """Answer once more with every code where that is possible, then close and count; say what was there before."""
    from prongsai.web.surveys import keys as survey_keys
    from prongsai.web.surveys.models import Box, Survey
    from prongsai.web.surveys.services import counting, running, storing
    from prongsai.web.surveys.tokens import new_form
    from tests.web.surveys import asked

    survey = Survey.objects.get()
    waiting = Box.objects.filter(sealed__isnull=False).count()
    taken = 0
    for code in json.loads((Path(settings.DATA_FOLDER) / "codes.json").read_text()):
        try:
            storing.store(asked.as_open(survey), asked.sheet(1), form=new_form(), code=code)
            taken += 1
        except storing.NotTaken:
            pass
    scope = system_scope(survey.agency)
    received = counting.count(scope, survey=running.close_survey(scope, survey=survey)).received
    return {"waiting": waiting, "again": taken, "received": received, "keys": len(survey_keys.held())}


def made_of() -> list[list[str]]:
    """Give every table, index and constraint."""
    return tables(connection)


def next_person() -> int:
    """Make one more person; give its number."""
    return int(Person.objects.create(agency=Agency.objects.first(), given_name="ใหม่").pk)


def highest_person() -> int:
    """Give the highest number of a person."""
    return int(Person.objects.order_by("-pk").values_list("pk", flat=True)[0])


def journal_actions() -> list[str]:
    """Give the actions in the journal, the newest first."""
    return list(journal.AuditEntry.objects.values_list("action", flat=True))


def make_demo() -> None:
    """Make the office of a demonstration, without work."""
    server.prepare()
    Agency.objects.create(
        code=office.CODE, name="เทศบาลตำบลบ้านสวนพลู", kind="subdistrict", province="ลพบุรี", is_demo=True
    )


def stage() -> int:
    """Bring a table of 500 people in, as the page of bulk entry does; nothing of it is saved yet."""
    scope = office.scope(Agency.objects.get(), Role.PERSONNEL)
    lines = ["ชื่อ,นามสกุล,ประเภทบุคลากร", *(f"นำเข้า{n},ทดสอบ,พนักงานจ้างทั่วไป" for n in range(IMPORTED))]
    rows = read_upload("\n".join(lines).encode(), "people.csv", Kind.PEOPLE)
    return services.stage_table(scope, kind=Kind.PEOPLE, rows=rows, name="people.csv").pk


def stage_and_save(stop_at: str) -> int:
    """Do both."""
    stage()
    return save(stop_at)


def save(stop_at: str = "never") -> int:
    """Save that table. stop_at: say so and wait before the first such statement, for whoever pulls the plug."""
    scope = office.scope(Agency.objects.get(), Role.PERSONNEL)
    table = TableImport.objects.get()

    def watch(execute, sql, params, many, context):
        if sql.startswith(stop_at):
            print("half-way", flush=True)
            sys.stdin.read()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        plan = services.save_table(scope, table=table, seen=plan_of(scope, Kind.PEOPLE, table.rows).digest)
    return plan.counts[Fate.NEW]


def save_twice() -> list[object]:
    """Say what of that table is there; save it and say what is there then; and once more."""
    return [imported(), save(), imported(), save(), imported()]


def imported() -> dict[str, object]:
    """Say what of that table is there."""
    return {
        "people": Person.objects.filter(given_name__startswith="นำเข้า").count(),
        "lines": journal.AuditEntry.objects.filter(subject_text__startswith="นำเข้า").count(),
        "is_saved": TableImport.objects.get().saved_at is not None,
        "broken": sum(1 for _ in journal.broken(Agency.objects.get())),
    }


def loaded() -> dict[str, object]:
    """Say what a demonstration holds."""
    from prongsai.web.cycles.models import Finding, ScoreSnapshot
    from prongsai.web.intake.models import Intake
    from prongsai.web.plans.models import Measure

    agency = Agency.objects.get(memberships__user__username="coordinator")  # beside its made-up neighbours
    return {
        "is_demo": agency.is_demo,
        "papers": sorted(Intake.objects.values_list("file__name", flat=True)),
        "findings": Finding.objects.count(),
        "measures": Measure.objects.count(),
        "official": ScoreSnapshot.objects.filter(kind="official").count(),
        **_of_registers(agency),
        "broken": sum(1 for _ in journal.broken(agency)),
    }


def _of_registers(agency: Agency) -> dict[str, object]:
    from prongsai.web.cycles.models import Cycle
    from prongsai.web.cycles.queries.items import item_rows
    from prongsai.web.registers.models import Entry, ImportBatch, OutsideCase, RegisterSetting
    from prongsai.web.registers.queries.library import kept_of
    from prongsai.web.registers.queries.periods import board_of

    scope = system_scope(agency)
    boards = [board_of(scope, kept_of(agency, id), year) for id, year in _BOARDS]
    return {
        "imported": {one.register: one.n_faulty for one in ImportBatch.objects.order_by("register")},
        "boards": [[str(line.state) for line in board.lines] for board in boards],
        "green": [
            row.key
            for row in item_rows(Cycle.objects.get(agency=agency, framework_id="ita-2569"), scope.today)
            if row.is_ready
        ],
        "published": sorted(RegisterSetting.objects.filter(is_published=True).values_list("register", flat=True)),
        "outside": sorted(RegisterSetting.objects.filter(takes_outside=True).values_list("register", flat=True)),
        "asked": list(OutsideCase.objects.values_list("entry__register", "entry__state")),
        "waiting": Entry.objects.filter(register="gifts", state="kept").count(),
    }


_BOARDS = (("purchases", 2568), ("purchases", 2570), ("hr-plan", 2569))


def several(*what: str) -> list[object]:
    """Do or ask one thing after another."""
    return [globals()[one]() for one in what]


if __name__ == "__main__":
    print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:]), ensure_ascii=False))
