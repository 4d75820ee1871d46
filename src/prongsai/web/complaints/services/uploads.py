"""Taking files in: every piece is sealed as it arrives, so that no plain byte of one is ever put down."""

import re
import threading
from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import gettext as _

from prongsai.documents.clean.apart import Sweeper
from prongsai.documents.clean.model import CARRIERS_TH, DECIDED_BY_PERSONS
from prongsai.documents.clean.pictures import is_picture
from prongsai.errors import FileUnusable, Problem, Severity, Where
from prongsai.privacy.seal.boxes import NotForThisKey
from prongsai.privacy.seal.frames import Sealer, opened
from prongsai.privacy.seal.keys import new_pair
from prongsai.thai.numerals import to_thai
from prongsai.web.complaints.contents import FileKey
from prongsai.web.complaints.models import SealedFile
from prongsai.web.complaints.services import executables, store, tokens

FILES_MAX = 10
TOTAL_MB = 200
MEGABYTE = 1024 * 1024
PICTURE_BYTES_MAX = 20 * MEGABYTE
TITLE_MAX = 120
_SUFFIX_MAX = 12
_WAIT_SECONDS = 30  # for others' pictures; then it is taken as it came
_PICTURE = "picture"  # how a picture is called there: its own name is nobody's business
_PURPOSE = "files"
_CARRIED = frozenset(CARRIERS_TH) - DECIDED_BY_PERSONS
# Each looks at a picture in a process of its own, which may take up to 2 GB of memory for a crafted one.
_cleaning = threading.BoundedSemaphore(2)
_HIDDEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


class SealedUpload(UploadedFile):
    """A file of a form that lies sealed in its place already: there is nothing in it to read. key: what opens it."""

    def __init__(self, key: FileKey) -> None:
        super().__init__(name=key.title, size=key.size)
        self.key = key


class Refused(Exception):
    """A file that is not taken. Its words are for whoever sent it."""

    def __init__(self, code: str, message_th: str, mend_th: str) -> None:
        super().__init__(code)
        self.code, self.message_th, self.mend_th = code, message_th, mend_th


class SealingUploads(FileUploadHandler):
    """Seals the files of one request. Set before anything of the request is read::

        uploads = SealingUploads(agency.code)
        request.upload_handlers = [uploads]

    refusals: what was not taken and why, by the place of the file in the form; the other files are sealed.
    """

    chunk_size = 256 * 1024

    def __init__(self, code: str) -> None:
        super().__init__()
        self.refusals: list[Problem] = []
        self._code = code
        self._count = self._total = 0
        self._incoming: _Incoming | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin with the next file of the form."""
        super().new_file(*args, **kwargs)
        self._count += 1
        self._trying(self._begin)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Seal the next bytes; those of a file that was refused are passed over."""
        if self._incoming is not None:
            self._total += len(raw_data)
            self._trying(lambda: self._take(bytes(raw_data)))

    def file_complete(self, file_size: int) -> SealedUpload | None:
        """Give the sealed file, None for one that was refused."""
        done: list[FileKey] = []
        if self._incoming is not None:
            self._trying(lambda: done.append(self._finished()))
        self._incoming = None
        return SealedUpload(done[0]) if done else None

    def upload_interrupted(self) -> None:
        """Forget the file that broke off."""
        self._drop()

    def _begin(self) -> None:
        if self._count > FILES_MAX:
            raise _too_many()
        if not store.has_room(self._code):
            raise _no_room()
        self._incoming = _Incoming(self._code, _title(self.file_name or ""))

    def _take(self, content: bytes) -> None:
        if self._total > TOTAL_MB * MEGABYTE:
            raise _too_much()
        assert self._incoming
        self._incoming.add(content)

    def _finished(self) -> FileKey:
        assert self._incoming
        return self._incoming.finished()

    def _trying(self, act: Callable[[], object]) -> None:
        """Do something with the file in hand; when it is refused, note why and let the others go on."""
        try:
            act()
        except Refused as refusal:
            self._drop()
            self.refusals.append(_problem(refusal, self._count))
        except OSError:
            self._drop()
            self.refusals.append(_problem(_no_room(), self._count))

    def _drop(self) -> None:
        if self._incoming is not None:
            self._incoming.drop()
            self._incoming = None


class _Incoming:
    """One file on its way. A picture is held in memory until it is whole and was cleaned; all else goes by."""

    def __init__(self, code: str, title: str) -> None:
        if executables.is_called_executable(title):
            raise _executable()
        self._title, self._pair, self._size = title, new_pair(), 0
        self._writer = store.Writer(code)
        self._sealer = Sealer(self._writer.put, self._pair.recipient)
        self._held: bytearray | None = bytearray()  # what is not sealed yet: the first bytes, or a picture
        self._watch: executables.Watch | None = None
        self._is_picture = False

    def add(self, content: bytes) -> None:
        """Take in some bytes. Raises Refused."""
        self._size += len(content)
        if self._size > settings.MAX_UPLOAD_MB * MEGABYTE:
            raise _too_large()
        if self._held is None:
            self._pass_on(content)
            return
        self._held += content
        if self._watch is None and len(self._held) >= executables.HEAD:
            self._look()
        if self._watch is not None and not (self._is_picture and len(self._held) <= PICTURE_BYTES_MAX):
            self._let_go()

    def finished(self) -> FileKey:
        """Seal the rest, and give what opens the file. Raises Refused."""
        if not self._size:
            raise _empty()
        if self._watch is None:
            self._look()
        state = "kept"
        if self._held is not None:
            state = self._clean() if self._is_picture else state
            self._let_go()
        self._sealer.close()
        self._writer.settle()
        return FileKey(self._title, self._sealer.size, self._writer.name, self._pair.identity, state)

    def drop(self) -> None:
        """Take away what was written."""
        self._held = None
        self._writer.drop()

    def _look(self) -> None:
        """Tell by the first bytes what it is."""
        assert self._held is not None
        head = bytes(self._held[: executables.HEAD])
        if executables.begins_executable(head):
            raise _executable()
        self._watch = executables.Watch(head)
        self._is_picture = is_picture(head)

    def _let_go(self) -> None:
        held, self._held = bytes(self._held or b""), None
        self._pass_on(held)

    def _pass_on(self, content: bytes) -> None:
        if self._watch is not None and self._watch.sees(content):
            raise _executable()
        self._sealer.add(content)

    def _clean(self) -> str:
        """Take out what camera and program wrote into a picture; gives what became of it."""
        clean, state = cleaned_picture(bytes(self._held or b""))
        self._held = bytearray(clean)
        return state


def sealed_files(files: Iterable[UploadedFile]) -> tuple[FileKey, ...]:
    """Give the keys of the files that a form brought: ``sealed_files(request.FILES.getlist("files"))``."""
    return tuple(one.key for one in files if isinstance(one, SealedUpload))


def held_token(files: Collection[FileKey]) -> str:
    """Close the keys of files for a hidden field, so that a form that is sent again still has them; "" for none."""
    return tokens.closed([asdict(one) for one in files], _PURPOSE) if files else ""


def held_files(token: str, code: str) -> tuple[FileKey, ...]:
    """Give the files of a token that still lie there and belong to no report yet; none for a token that is too old.

    code: of the agency.
    """
    held = [FileKey(**one) for one in tokens.opened(token, _PURPOSE) or ()]
    named = set(SealedFile.objects.filter(name__in=[one.name for one in held]).values_list("name", flat=True))
    return tuple(one for one in held if one.name not in named and is_there(code, one))


def is_there(code: str, file: FileKey) -> bool:
    """Whether a sealed file lies in its place, and its key opens the first piece."""
    try:
        with store.reading(code, file.name) as source:
            next(opened(source, file.identity))
    except (FileNotFoundError, NotForThisKey):
        return False
    return True


def too_many_together(files: Collection[FileKey]) -> str:
    """Say why so many files do not go into one report; "" when they do. Held ones and new ones come together here."""
    if len(files) > FILES_MAX:
        return _too_many().message_th
    return _too_much().message_th if sum(one.size for one in files) > TOTAL_MB * MEGABYTE else ""


def cleaned_picture(content: bytes) -> tuple[bytes, str]:
    """Give a picture without what camera and program wrote into it, and what became of it, as ``FileKey.state`` says.

    It is looked at in a process of its own which puts nothing down. One that cannot be cleaned stays as it came.
    """
    if not _cleaning.acquire(timeout=_WAIT_SECONDS):
        return content, "kept"
    try:
        with Sweeper(is_traceless=True) as sweeper:
            return _swept(sweeper, content)
    except FileUnusable:
        return content, "kept"
    finally:
        _cleaning.release()


def _swept(sweeper: Sweeper, content: bytes) -> tuple[bytes, str]:
    if not any(leak.kind in _CARRIED for leak in sweeper.leaks(content, _PICTURE)):
        return content, "clean"
    clean = sweeper.cleaned(content, _PICTURE, mask=_CARRIED)
    return clean.content, "kept" if any(leak.kind in _CARRIED for leak in clean.left) else "cleaned"


def _title(name: str) -> str:
    """Give a name that is not too long and shows as what it is; its suffix stays."""
    bare = _HIDDEN.sub("", name).strip()
    stem, dot, suffix = bare.rpartition(".")
    if not dot or len(suffix) > _SUFFIX_MAX:
        return bare[:TITLE_MAX]
    return f"{stem[: TITLE_MAX - len(suffix) - 1]}.{suffix}"


def _problem(refusal: Refused, place: int) -> Problem:
    return Problem(
        refusal.code,
        Severity.ERROR,
        refusal.code.lower().replace("_", " "),
        _("ไฟล์ที่ %(place)s: %(why)s") % {"place": to_thai(str(place)), "why": refusal.message_th},
        Where(row=place),
        mend_th=refusal.mend_th,
    )


def _executable() -> Refused:
    return Refused(
        "FILE_EXECUTABLE",
        _("เป็นโปรแกรมหรือมีชุดคำสั่งอยู่ข้างใน ระบบไม่รับเพื่อความปลอดภัยของผู้รับเรื่อง"),
        _("บันทึกเป็น PDF หรือถ่ายภาพหน้าจอ แล้วแนบไฟล์นั้นแทน"),
    )


def _too_large() -> Refused:
    return Refused(
        "FILE_TOO_LARGE",
        _("ใหญ่เกิน %(limit)s MB") % {"limit": to_thai(str(settings.MAX_UPLOAD_MB))},
        _("ลดขนาดภาพหรือวิดีโอ หรือแบ่งเป็นหลายไฟล์ แล้วแนบใหม่"),
    )


def _too_many() -> Refused:
    return Refused(
        "FILES_TOO_MANY",
        _("แนบได้ไม่เกิน %(limit)s ไฟล์ต่อครั้ง") % {"limit": to_thai(str(FILES_MAX))},
        _("ส่งเรื่องก่อน แล้วแนบไฟล์ที่เหลือในหน้าติดตามเรื่อง"),
    )


def _too_much() -> Refused:
    return Refused(
        "FILES_TOO_LARGE",
        _("ไฟล์ทั้งหมดรวมกันเกิน %(limit)s MB") % {"limit": to_thai(str(TOTAL_MB))},
        _("ส่งเรื่องก่อน แล้วแนบไฟล์ที่เหลือในหน้าติดตามเรื่อง"),
    )


def _empty() -> Refused:
    return Refused("FILE_EMPTY", _("เป็นไฟล์ว่าง ไม่มีข้อมูล"), _("เลือกไฟล์ใหม่อีกครั้ง"))


def _no_room() -> Refused:
    return Refused(
        "FILE_NOT_KEPT",
        _("ระบบเก็บไฟล์นี้ไม่ได้ในขณะนี้"),
        _("ส่งเรื่องโดยไม่มีไฟล์นี้ก่อน แล้วแนบในหน้าติดตามเรื่องภายหลัง"),
    )
