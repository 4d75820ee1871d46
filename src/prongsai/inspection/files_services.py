"""File services (Google Drive, Dropbox, OneDrive): how their walls look, and where their files are without a viewer."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from prongsai.inspection.addresses import Address


@dataclass(frozen=True, slots=True)
class Service:
    """A file service. hosts: of its files; doors: hosts (and paths) that a visitor without the right is sent to."""

    name: str
    hosts: tuple[str, ...]
    doors: tuple[str, ...]


SERVICES = (
    Service(
        "Google Drive",
        ("drive.google.com", "docs.google.com", "drive.usercontent.google.com"),
        ("accounts.google.com",),
    ),
    Service("Dropbox", ("dropbox.com", "dropboxusercontent.com", "db.tt"), ("dropbox.com/login",)),
    Service(
        "OneDrive",
        ("onedrive.live.com", "1drv.ms", "sharepoint.com", "onedrive.com"),
        ("login.live.com", "login.microsoftonline.com"),
    ),
    Service("MEGA", ("mega.nz", "mega.io"), ()),
    Service("MediaFire", ("mediafire.com",), ()),
    Service("Box", ("box.com",), ("account.box.com",)),
    Service("Canva", ("canva.com",), ("canva.com/login",)),
)
_WALL = re.compile(
    r"ต้องขอสิทธิ์|ขอสิทธิ์(?:การ)?เข้าถึง|ต้อง(?:มี|ได้รับ)สิทธิ์|คุณไม่มีสิทธิ์|ไม่ได้รับอนุญาตให้เข้าถึง|ลงชื่อเข้าใช้เพื่อ"
    r"|you need (?:access|permission)|request access"
    r"|sign in to (?:view|continue|your account)|don['’]t have (?:access|permission)|access denied"
    r"|requires? permission",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"ไม่มีไฟล์ที่คุณขอ|ไฟล์(?:ที่ขอ)?ถูกลบ|อยู่ในถังขยะ"
    r"|file you have requested does not exist|in the owner['’]s trash|item was deleted"
    r"|(?:file|folder|link) (?:was|has been) (?:deleted|removed|disabled)|might not exist or is no longer available"
    r"|link is disabled|temporarily disabled",
    re.IGNORECASE,
)
_DRIVE_ID = re.compile(r"/(?:file/)?d/([A-Za-z0-9_-]{10,})|/open$|/uc$")
_EDITORS = {"document": "pdf", "presentation": "pdf", "spreadsheets": "xlsx"}


def service_of(address: Address) -> Service | None:
    """Give the file service that an address is of."""
    return next((one for one in SERVICES if any(_is_at(address.host, host) for host in one.hosts)), None)


def is_door(address: Address, service: Service) -> bool:
    """Whether an address is where a service sends those who may not see a file."""
    for door in service.doors:
        host, slash, path = door.partition("/")
        if _is_at(address.host, host) and (not slash or address.path.strip("/").startswith(path)):
            return True
    return False


def is_wall(service: Service | None, words: str) -> bool:
    """Whether the words of a service's page ask for a permission."""
    return service is not None and _WALL.search(words) is not None


def is_gone(service: Service | None, words: str) -> bool:
    """Whether the words of a service's page say that the file is no longer there."""
    return service is not None and _GONE.search(words) is not None


def direct(address: str) -> str:
    """Give the address of the file's own bytes behind a service's viewer; the address itself where there is none."""
    parts = urlsplit(address)
    if parts.hostname in ("drive.google.com", "docs.google.com"):
        return _google(address)
    if (parts.hostname or "").removeprefix("www.") == "dropbox.com" and "dl=0" in parts.query:
        return address.replace("dl=0", "dl=1")
    return address


def _google(address: str) -> str:
    parts = urlsplit(address)
    found = _DRIVE_ID.search(parts.path)
    key = (found[1] if found and found[1] else "") or next(iter(parse_qs(parts.query).get("id", [])), "")
    editor = parts.path.strip("/").partition("/")[0]
    if not key:
        return address
    if editor in _EDITORS:
        return f"https://docs.google.com/{editor}/d/{key}/export?format={_EDITORS[editor]}"
    return f"https://drive.google.com/uc?export=download&id={key}"


def _is_at(host: str, service_host: str) -> bool:
    return host == service_host or host.endswith(f".{service_host}")
