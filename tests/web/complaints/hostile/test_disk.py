"""The whole disk: of reports that were told, followed, handled, closed anew and shredded, no plain word lies anywhere.

A real server on a data folder of its own, asked over HTTP; then every byte of the folder while it runs and after it
ended, the backup opened with its key, what the server printed, and the temporary folder watched all the time. 6 reports
by default, 200 with PRONGSAI_PROVE=1. On PostgreSQL also every row, and the server's own folder where it lies here.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import secrets
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pyrage import decrypt, x25519

from prongsai.privacy.seal.receipts import read_receipt
from prongsai.web.environment import SQLITE_NAME
from tests.conftest import PROVE
from tests.documents.clean.made import bytes_of, new_docx
from tests.documents.clean.made_pdf import letter_pdf
from tests.web.complaints.hostile.lines import Browser, Files, Server, Watched, files_in, read_all, serving, watching
from tests.web.complaints.hostile.search import found_in
from tests.web.complaints.office_keys import PASSPHRASE
from tests.web.operations.place import database_name, new_place

pytestmark = pytest.mark.db
REPORTS = 200 if PROVE else 6
RECEIPTS = 6  # whose words are looked for: what else was told is marked in all reports
WAIT_S = 3.2  # a form that is sent sooner than anybody can read it is refused
MARK = secrets.token_hex(4)
WORD, LETTERS, PHONE = f"ลับเฉพาะ{MARK}", f"secret{MARK}", f"089{secrets.randbelow(10**7):07d}"
Found = dict[str, list[tuple[str, str]]]


@dataclass
class Disk:
    """What was left behind. seen: name → bytes; words: all that must not be there; answers: of pages of errors."""

    place: Watched
    folder: Path
    words: set[str] = field(default_factory=set)
    seen: dict[str, bytes] = field(default_factory=dict)
    answers: list[tuple[int, str]] = field(default_factory=list)
    receipts: list[tuple[str, ...]] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    private: str = ""

    def keep(self, about: str) -> None:
        """Read every byte of the data folder and of the database as they are now; static files come with the program."""
        paths = files_in(self.place.folder)
        own = [path for path in paths if "static" not in path.relative_to(self.place.folder).parts[:1]]
        self.seen |= {f"{about} {path}": content for path, content in read_all(own).items()}
        self.seen |= {f"{about} {name}": rows for name, rows in _rows(self.place.database).items()}

    def found(self) -> Found:
        """Look for every word in everything."""
        words = sorted(self.words)
        once = {
            sha256(content).digest(): name for name, content in self.seen.items()
        }  # most of it is kept several times
        found = {name: found_in(self.seen[name], words) for name in once.values()}
        found["names of files"] = found_in("\n".join(self.seen).encode(), words)
        return {name: words for name, words in found.items() if words}


# --- what is told -----------------------------------------------------------------------------------------------------
def _files() -> Files:
    held = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(held, "JPEG", comment=LETTERS.encode())
    return (
        (f"{WORD}.txt", f"ในไฟล์ {WORD}\r\n".encode() * 400),
        (f"หนังสือ {WORD}.docx", bytes_of(new_docx(f"ย่อหน้า {WORD}"))),
        (f"{LETTERS}.jpg", held.getvalue()),
        (f"{LETTERS}.pdf", letter_pdf((LETTERS,))),
    )


def _told(number: int) -> dict[str, str]:
    texts = ("what", "where", "when", "how", "evidence", "witnesses", "elsewhere", "name", "address")
    told = {name: f"{name} {number} {WORD} และต่อไป" for name in texts}
    accused = {"accused_1_name": f"นาย{WORD}", "accused_1_position": f"ช่าง {LETTERS}", "accused_1_unit": WORD}
    return told | accused | {"mode": "confidential", "category": "bribe", "consent": "on", "phone": PHONE}


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found, f"no {name} in the form"
    return found[1]


def _report_all(server: Server, disk: Disk) -> None:
    browser, page = Browser(server), f"/{server.code}/report/public/"
    forms = [browser.get(page)[1] for _ in range(REPORTS)]
    time.sleep(WAIT_S)
    for number, form in enumerate(forms):
        hidden = {name: _hidden(form, name) for name in ("token", "opened")}
        status, answer = browser.post(page, hidden | _told(number), _files())
        assert status == 201, re.findall(r"(?s)<ul.*?</ul>", answer)
        disk.receipts.append(tuple(re.findall(r'class="latin"[^>]*>(\w+)<', answer)))
    for words in disk.receipts:
        said = {"words": " ".join(words), "say": "1", "text": f"เพิ่มเติม {WORD} {LETTERS}"}
        status, answer = browser.post(f"/{server.code}/report/follow/", said, _files()[:1])
        assert (status, WORD in answer) == (200, True)


def _unlocked(server: Server, role: str) -> Browser:
    browser = Browser(server, {"sessionid": server.sessions[role]})
    page = f"/{server.code}/complaints/unlock/"
    assert browser.act(page, page, {"passphrase": PASSPHRASE})[0] == 302
    return browser


def _handle(server: Server, disk: Disk) -> None:
    """Everything that handlers do with a case: look, write, ask who it was, take somebody off, close anew, copy."""
    legal, auditor = _unlocked(server, "legal"), _unlocked(server, "auditor")
    root = f"/{server.code}/complaints/"
    disk.numbers += sorted(set(re.findall(r"/complaints/cases/(\d+)/", legal.get(root)[1])))
    assert len(disk.numbers) == min(REPORTS, 100)
    case = f"{root}cases/{disk.numbers[0]}/"
    status, page = legal.get(case)
    assert (status, WORD in page) == (200, True)
    version = re.search(r'name="version" value="(\d+)"', legal.get(f"{case}move/screen/")[1])
    for path, fields in (
        ("note/", {"note-text": f"บันทึก {WORD}"}),
        ("reply/", {"reply-text": f"ตอบ {WORD}"}),
        ("identity/", {"reason": f"เหตุ {WORD}"}),
        ("move/screen/", {"reason": WORD, "version": version[1] if version else "1"}),
        ("readers/", {"name": "เที่ยง ธรรมดี", "position": WORD}),
    ):
        assert legal.act(case, case + path, fields)[0] in (200, 302), path
    assert legal.get(case)[0] == 404
    assert (WORD in auditor.get(case)[1]) is True  # closes it anew
    names = re.findall(rf"{case}files/(\w+)/", auditor.get(case)[1])
    assert len(set(names)) == 5
    assert WORD in auditor.get(f"{case}files/{names[0]}/")[1]
    copy = {"name_1": f"กรรมการ {WORD}", "position_1": WORD, "parts": "facts", "identity_reason": WORD}
    status, paper = auditor.act(f"{case}export/", f"{case}export/", copy)
    assert (status, paper[:5]) == (200, "%PDF-")
    legal.act(root, f"{root}lock/", {})


# --- what goes wrong --------------------------------------------------------------------------------------------------
@contextlib.contextmanager
def _without_messages(place: Watched) -> Iterator[None]:
    """Take a table away, so that every page that writes into it breaks."""
    with _database(place) as ask:
        ask("ALTER TABLE complaints_message RENAME TO complaints_message_away")
    try:
        yield
    finally:
        with _database(place) as ask:
            ask("ALTER TABLE complaints_message_away RENAME TO complaints_message")


@contextlib.contextmanager
def _database(place: Watched) -> Iterator[Callable[[str], Any]]:
    if place.database:
        import psycopg

        with psycopg.connect(place.database, autocommit=True) as connection:
            yield connection.execute  # type: ignore[misc]
        return
    connection = sqlite3.connect(place.folder / SQLITE_NAME, timeout=60, isolation_level=None)
    try:
        connection.execute("PRAGMA legacy_alter_table=ON")
        yield connection.execute
    finally:
        connection.close()


def _break_things(server: Server, disk: Disk) -> None:
    """A form that is refused, one that breaks off, pages with faults of the server: of a reporter and of a handler."""
    browser, page = Browser(server), f"/{server.code}/report/public/"
    status, form = browser.get(page)
    assert status == 200
    hidden = {name: _hidden(form, name) for name in ("token", "opened")}
    handler = _unlocked(server, "supply")
    case = f"/{server.code}/complaints/cases/{disk.numbers[-1]}/"
    assert handler.get(case)[0] == 200
    time.sleep(WAIT_S)
    status, _ = browser.post(page, hidden | _told(0) | {"category": ""}, _files())
    assert status == 422
    words = {"words": " ".join(disk.receipts[0])}
    with _without_messages(disk.place):
        broken = [
            browser.post(page, hidden | _told(0), _files()),
            browser.post(f"/{server.code}/report/follow/", words | {"say": "1", "text": f"เพิ่มเติม {WORD}"}),
            handler.act(f"/{server.code}/complaints/", f"{case}note/", {"note-text": f"บันทึก {WORD}"}),
        ]
    assert [status for status, _ in broken] == [500, 500, 500]
    wrong = browser.post(f"/{server.code}/report/nowhere/", words | {"text": WORD})
    assert wrong[0] == 404
    disk.answers += [*broken, wrong]


def _shred(place: Watched) -> None:
    """Let one report expire, and shred it as the timer of every night does."""
    call = (
        "from prongsai.cli.platform import start_django; start_django()\n"
        "from django.core.management import call_command\n"
        "from prongsai.web.complaints.models import Report\n"
        "pk = Report.objects.order_by('pk').values_list('pk', flat=True)[1]\n"
        "Report.objects.filter(pk=pk).update(expires_on='2020-01-01')\n"
        "call_command('shred_reports')\n"
        "assert Report.objects.filter(body=b'').count() == 1\n"
    )
    done = place.python("-c", call)
    assert done.returncode == 0, done.stderr


# --- reading it all ---------------------------------------------------------------------------------------------------
def _rows(database: str) -> dict[str, bytes]:
    """Give every row of a PostgreSQL database, and the files of its server where they lie on this machine."""
    if not database:
        return {}
    import psycopg

    with psycopg.connect(database) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        rows = {
            f"table {name}": b"\n".join(
                bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                for row in connection.execute(f'SELECT * FROM "{name}"').fetchall()  # type: ignore[arg-type]
                for value in row
            )
            for (name,) in names
        }
        (folder,) = connection.execute("SHOW data_directory").fetchone() or ("",)
    held = read_all(files_in(Path(folder))) if folder else {}
    return rows | {f"server {path}": content for path, content in held.items()}


def _backup(disk: Disk) -> None:
    path = disk.folder / "backup.age"
    done = disk.place.run("backup", str(path))
    assert done.returncode == 0, done.stderr
    disk.seen["what the backup said"] = (done.stdout + done.stderr).encode()
    disk.seen["backup"] = path.read_bytes()
    disk.seen["backup, opened"] = decrypt(path.read_bytes(), [x25519.Identity.from_str(disk.private)])


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Disk]:
    """An office in which much was reported and much went wrong, and all that was ever put down of it."""
    folder = tmp_path_factory.mktemp("disk")
    temporary = folder / "temporary"
    temporary.mkdir()
    with new_place(folder / "data", database_name()) as made:
        place = Watched(made.folder, made.database, str(temporary))
        found = Disk(place, folder, {WORD, LETTERS, PHONE, PASSPHRASE})
        with (
            serving(place, folder / "log") as server,
            watching(temporary, server.pid) as passing,
            _database(place) as ask,
        ):
            ask("SELECT 1 FROM complaints_report").fetchall()  # who looks on keeps the write-ahead log from going
            found.private = server.private
            _report_all(server, found)
            _handle(server, found)
            found.keep("while it runs")
        found.seen |= {f"passing {name}": content for name, content in passing.items()}
        with serving(place, folder / "log, broken") as server, watching(temporary, server.pid) as passing:
            _break_things(server, found)
        found.seen |= {f"passing {name}, broken": content for name, content in passing.items()}
        found.place = replace(place, is_debugging=True)
        with serving(found.place, folder / "log of developers") as server, watching(temporary, server.pid) as passing:
            _break_things(server, found)
            found.keep("while developers look")
        found.seen |= {f"passing then {name}": content for name, content in passing.items()}
        found.place = place
        _shred(place)
        _backup(found)
        found.keep("afterwards")
        found.seen |= {str(path): path.read_bytes() for path in folder.glob("log*")}
        found.words |= {spelling for words in found.receipts[:RECEIPTS] for spelling in _spellings(words)}
        yield found


def _spellings(words: tuple[str, ...]) -> set[str]:
    receipt = read_receipt(" ".join(words))
    return {" ".join(receipt.thai), " ".join(receipt.latin), receipt.token}


def test_no_plain_word_lies_on_the_disk_in_the_backup_the_log_or_the_temporary_folder(disk: Disk) -> None:
    assert len(disk.words) == 4 + 3 * RECEIPTS
    assert disk.found() == {}


def test_everything_was_looked_at(disk: Disk) -> None:
    names = " ".join(disk.seen)
    wanted = ["secret_key", "sealed/", "backup, opened", "log, broken", "log of developers"]
    wanted += ["table complaints_report"] if disk.place.database else [SQLITE_NAME, f"{SQLITE_NAME}-wal"]
    assert [one for one in wanted if one not in names] == []
    assert sum("/sealed/" in name for name in disk.seen if name.startswith("while it runs")) >= 5 * REPORTS
    assert disk.seen["backup, opened"].startswith(b"PK")


def test_pages_of_errors_hold_nothing_that_was_typed(disk: Disk) -> None:
    told = [(status, found_in(page.encode(), disk.words)) for status, page in disk.answers]
    assert told == [(500, []), (500, []), (500, []), (404, [])] * 2


def _lines(path: Path) -> list[str]:
    """Give what a log says, without the times and without what the platform says at its start."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [re.sub(r"^\d{4}-\S+ ", "", line) for line in lines if not line.startswith("⚠")]


def test_log_tells_the_type_and_place_of_faults_and_nothing_else(disk: Disk) -> None:
    quiet = _lines(disk.folder / "log")
    assert [re.sub(r"\d{8}", "code", line) for line in quiet] == [
        "warning django.request: Not Found: /code/complaints/cases/…/ status=404"
    ]
    for name in ("log, broken", "log of developers"):
        lines = _lines(disk.folder / name)
        faults = [line for line in lines if "Error" in line]
        assert len(faults) >= 3, lines
        assert [line for line in faults if "complaints: " not in line] == []
        assert [line for line in lines if any(number in line for number in disk.numbers)] == []


def test_file_that_passes_through_the_temporary_folder_is_seen(tmp_path: Path) -> None:
    write = "import tempfile, time; f = tempfile.%s(); f.write(b'passing by'); f.flush(); time.sleep(2)"
    for kind in ("NamedTemporaryFile", "TemporaryFile"):
        environment = os.environ | {"TMPDIR": str(tmp_path)}
        call = [sys.executable, "-c", write % kind]
        with subprocess.Popen(call, env=environment) as process, watching(tmp_path, process.pid) as passing:
            process.wait()
        is_seen = kind == "NamedTemporaryFile" or Path("/proc").is_dir()
        assert (b"passing by" in passing.values()) is is_seen
    assert list(tmp_path.iterdir()) == []


def test_same_search_finds_a_word_that_was_written_down_on_purpose(disk: Disk) -> None:
    word = f"เปิดเผย{MARK}"
    call = (
        "from prongsai.cli.platform import start_django; start_django()\n"
        "from prongsai.web.agencies.models import Agency, Unit\n"
        f"Unit.objects.create(agency=Agency.objects.get(), name='กอง{word}', kind='division')\n"
    )
    assert disk.place.python("-c", call).returncode == 0
    other = Disk(disk.place, disk.folder, {word})
    other.keep("with it")
    found = other.found()
    assert any(("complaints" not in name) for name in found), sorted(other.seen)
    assert {word for words in found.values() for word, _ in words} == {word}
