"""The pack of a dispute: one zip that proves, item by item, what stood at the submitted address and when.

Names are Latin, short and the same every time; every file is listed with its hash; what was erased for privacy or lost
is told in its place. It opens from a USB stick, without a network and without this software.
"""

import csv
import hashlib
import io
import json
import os
import re
import secrets
import shutil
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from prongsai.web.agencies.models import Agency
from prongsai.web.disclosure.models import Check, Objection
from prongsai.web.disclosure.queries.objections import Case, Standing
from prongsai.web.disclosure.queries.plain import plain
from prongsai.web.disclosure.queries.proof import Head, days_of, entries_of, headers_text, heads_of, text_of
from prongsai.web.disclosure.services.bodies import incoming, suffix_of
from prongsai.web.evidence import store
from prongsai.web.evidence.models import File

SUMS = "SHA256SUMS.txt"
_UNSAFE = re.compile(r"[^A-Za-z0-9.-]+")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Made:
    """A pack that stands in the folder of incoming files. holds: hashes of the kept files and the releases in it."""

    arrived: store.Arrived
    holds: frozenset[str]


@dataclass(frozen=True, slots=True)
class LookLine:
    """A look as the summary prints it. body, picture: where they stand in the item's folder; note: why not."""

    look: Check
    number: int | None
    body: str
    picture: str
    note: str


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file of a release as the summary prints it."""

    title: str
    name: str
    path: str
    sha256: str
    note: str


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """A release as the summary prints it, with the days on which it stood there."""

    standing: Standing
    number: int | None
    path: str
    files: tuple[FileLine, ...]


def write(objection: Objection, cases: Sequence[Case], letters: Mapping[str, bytes], *, now: datetime) -> Made:
    """Write the pack. letters: name → bytes. Leaves nothing behind when it fails."""
    agency = objection.cycle.agency
    path = incoming(agency.code, secrets.token_hex(16))
    try:
        with zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED) as archive:
            holds = _Pack(archive, agency, now).fill(objection, cases, letters)
        return Made(_arrived(path), frozenset(holds))
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _arrived(path: Path) -> store.Arrived:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    return store.Arrived(path, digest, path.stat().st_size)


def safe(name: str) -> str:
    """Give a name that every file system takes."""
    return _UNSAFE.sub("-", name).strip(".-")[:80] or "file"


def folder_of(case: Case) -> str:
    """Give the folder of an item."""
    return f"items/{safe(case.item.code)}"


class _Pack:
    """A zip while it is written."""

    def __init__(self, archive: zipfile.ZipFile, agency: Agency, now: datetime) -> None:
        self.archive, self.agency, self.now = archive, agency, now
        self.stamp = timezone.localtime(now).timetuple()[:6]
        self.sums: list[tuple[str, str]] = []
        self.holds: set[str] = set()

    def fill(self, objection: Objection, cases: Sequence[Case], letters: Mapping[str, bytes]) -> set[str]:
        for name, content in letters.items():
            self.add(name, content)
        for case in cases:
            self._case(case)
        self._chain(cases)
        context = {"objection": objection, "agency": self.agency, "cases": _indexed(cases), "letters": list(letters)}
        self.add("index.html", self._page("index.html", context))
        self.add("style.css", self._page("style.css", {}))
        lines = "".join(f"{digest}  {name}\n" for digest, name in sorted(self.sums, key=lambda pair: pair[1]))
        self.add(SUMS, lines.encode())
        return self.holds

    # --- an item ----------------------------------------------------------------------------------------------------
    def _case(self, case: Case) -> None:
        folder = folder_of(case)
        numbers = {(entry.kind, entry.subject): entry.number for entry in case.entries}
        looks = self._looks(case, folder, numbers)
        releases = [self._release(one, folder, numbers) for one in case.standings]
        context = {"case": case, "agency": self.agency, "looks": looks, "releases": releases, "now": self.now}
        self.add(f"{folder}/summary.html", self._page("summary.html", context))
        self.add(f"{folder}/summary.txt", self._page("summary.txt", context))
        self.add(f"{folder}/looks.csv", _table(_LOOK_HEAD, map(_look_row, looks)))
        if case.submission:
            self.add(f"{folder}/submission.txt", self._page("submission.txt", context))

    def _looks(self, case: Case, folder: str, numbers: Mapping[tuple[str, int], int]) -> list[LookLine]:
        lines, written = [], dict[str, str]()
        for look in case.looks:
            name = f"{timezone.localtime(look.at):%Y%m%d-%H%M%S}-check{look.pk}"
            body, note = self._kept_once(look.body, f"snapshots/{name}{suffix_of(look.media_type)}", folder, written)
            picture, _lost = self._kept_once(look.picture, f"pictures/{name}.png", folder, written)
            if look.body or look.picture:
                self.add(f"{folder}/snapshots/{name}.headers.json", headers_text(look.headers).encode())
            same = written.get(look.sha256, "") if not body else ""
            lines.append(LookLine(look, numbers.get(("check", look.pk)), body or same, picture, note))
        return lines

    def _kept_once(self, file: File | None, path: str, folder: str, written: dict[str, str]) -> tuple[str, str]:
        """Put kept bytes in, once an item; give where they stand in its folder, and why they do not."""
        if file is None:
            return "", ""
        if file.sha256 not in written:
            note = self.put(file, f"{folder}/{path}")
            written[file.sha256] = "" if note else path
            return written[file.sha256], note
        return written[file.sha256], ""

    def _release(self, one: Standing, folder: str, numbers: Mapping[tuple[str, int], int]) -> ReleaseLine:
        path = f"releases/v{one.release.number}"
        files = []
        for held in one.files:
            name = f"{path}/{safe(held.name)}"
            note = self.put(held.file, f"{folder}/{name}")
            files.append(FileLine(held.title, held.name, "" if note else name, held.file.sha256, note))
        told = {
            name: plain(getattr(one.release, name))
            for name in ("number", "title", "summary", "body", "tables", "sha256", "erased_at")
        } | {"published_at": plain(one.since), "until": plain(one.until)}
        self.add(f"{folder}/{path}/release.json", json.dumps(told, ensure_ascii=False, indent=1).encode())
        if one.release.erased_at is None:
            self.holds.add(one.release.sha256)  # its words may have to go one day, and the pack with them
        return ReleaseLine(one, numbers.get(("release", one.release.pk)), path, tuple(files))

    # --- the chain --------------------------------------------------------------------------------------------------
    def _chain(self, cases: Sequence[Case]) -> None:
        """Put the whole chain in, a line an entry, and each entry about the items as a file of its own."""
        until = entries_of(self.agency).filter(at__lte=self.now)
        lines = ({"hash": one.hash, "text": text_of(one)} for one in until.iterator())
        chain = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        self.add("proof/chain.jsonl", chain.encode())
        for entry in {entry.number: entry for case in cases for entry in case.entries}.values():
            self.add(f"proof/entries/{entry.number:06d}.json", text_of(entry).encode())
        heads = heads_of(self.agency, list(days_of(self.agency)))
        self.add("proof/days.csv", _table(("day", "entries", "last_number", "hash"), map(_head_row, heads)))
        self.add("proof/verify.txt", self._page("verify.txt", {"agency": self.agency}))

    # --- files ------------------------------------------------------------------------------------------------------
    def add(self, name: str, content: bytes) -> None:
        self.sums.append((hashlib.sha256(content).hexdigest(), name))
        self.archive.writestr(self._info(name), content)

    def put(self, file: File, name: str) -> str:
        """Put kept bytes in; say why when they cannot be."""
        path = store.path_of(self.agency.code, file.sha256)
        if file.erased_at:
            return self._absent(
                name, f"ลบแล้วเพื่อคุ้มครองข้อมูลส่วนบุคคล เมื่อ {timezone.localtime(file.erased_at):%Y-%m-%d}", file
            )
        if not store.is_whole(path, file.sha256):
            return self._absent(name, "ไฟล์ที่เก็บไว้สูญหายหรือเสียหาย", file)
        self.sums.append((file.sha256, name))
        self.holds.add(file.sha256)
        with path.open("rb") as source, self.archive.open(self._info(name), "w", force_zip64=True) as target:
            shutil.copyfileobj(source, target, _CHUNK)
        return ""

    def _absent(self, name: str, why: str, file: File) -> str:
        self.add(f"{name}.absent.txt", f"{why}\nSHA-256 {file.sha256}\n{file.size} bytes\n".encode())
        return why

    def _info(self, name: str) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(name, self.stamp)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        return info

    def _page(self, template: str, context: Mapping[str, Any]) -> bytes:
        text = render_to_string(f"disclosure/pack/{template}", dict(context) | {"now": self.now})
        # Notepad of older Windows needs both; browsers need neither.
        return text.replace("\n", "\r\n").encode("utf-8-sig") if template.endswith(".txt") else text.encode()


# --- tables ---------------------------------------------------------------------------------------------------------
_LOOK_HEAD = (
    "at",
    "occasion",
    "state",
    "status",
    "final_address",
    "size",
    "sha256",
    "chain_number",
    "snapshot",
    "picture",
)


def _look_row(line: LookLine) -> list[object]:
    look = line.look
    seen = (look.state, look.status, look.final_address, look.size, look.sha256)
    return [timezone.localtime(look.at).isoformat(), look.occasion, *seen, line.number, line.body, line.picture]


def _head_row(head: Head) -> list[object]:
    return [head.day.isoformat(), head.count, head.number, head.hash]


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([_harmless(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _harmless(value: object) -> object:
    """Keep a spreadsheet from taking a stranger's words for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t")) else value


def _indexed(cases: Sequence[Case]) -> list[tuple[Case, str]]:
    return [(case, folder_of(case)) for case in cases]
