"""Addresses of files in a public site, links between them, and names that every file system takes."""

import re
from collections.abc import Collection
from urllib.parse import quote, urlsplit

from prongsai.errors import FileUnusable

MANIFEST = "manifest.json"
WORKSHOP = ".building"
"""What is being written stands in a folder beside the site's, whose name ends so; it is not public."""
FORM = "form:"
"""How the address of a link begins that leads to a form of the application."""

_WINDOWS = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
_UNSAFE = re.compile(r'[<>:"|?*\\/\x00-\x20\x7f#%&+~^`{}\[\]]+|[^\x00-\x7f]+')
_OWN = re.compile(
    r"about|structure|executives|contact|privacy|policy|search|sitemap|proof|laws|data|news(?:/\d+)?"
    r"|(?:en|assets|pages|files)(?:/.*)?",
    re.IGNORECASE,
)
_OWN_FOLDERS = frozenset(
    "about structure executives contact privacy policy search sitemap proof laws data news".split()  # noqa: SIM905  # reason: shorter to read
)
_FILES = re.compile(r"v\d+|files|page-\d+|.*\.(?:html|csv|json|xml|txt)", re.IGNORECASE)
"""Names of what stands below and beside a page, and of the site's own files; no part of a page's own path is one."""
_LONGEST = 200
"""Letters of a part of a path: what is put behind it must not make a name that no file system takes."""
_SCHEMES = {"http", "https", "mailto", "tel", "line"}


def index(path: str) -> str:
    """Give the file of a page at a path; the root's is the empty path."""
    return f"{path}/index.html" if path else "index.html"


def folder(address: str) -> str:
    """Give the address as people are shown it: that of a page ends in a slash."""
    return address.removesuffix("index.html")


def link(source: str, target: str) -> str:
    """Give a link from a file of the site to another; it works below any folder, and without a server."""
    return "../" * source.count("/") + quote(target)


def check_path(path: str, lists: Collection[str] = ()) -> str:
    """Give back a path of a page. lists: paths of the lists of years.

    Raises FileUnusable for one that leaves the site, that Windows cannot store, or at or below which the site's own
    pages and files stand, great and small letters being the same.
    """
    parts = path.split("/")
    if any(part != safe_name(part) or _FILES.fullmatch(part) or len(part) > _LONGEST for part in parts):
        raise FileUnusable(
            f"not an address of a page: {path!r}",
            message_th=f"ที่อยู่ของหน้าใช้ไม่ได้: {path}",
            mend_th="ใช้ a–z 0–9 จุด ขีด และ / และเลี่ยงชื่อที่ Windows สงวนไว้ เช่น con aux nul",
        )
    is_spelt_otherwise = parts[0] not in _OWN_FOLDERS and parts[0].lower() in _OWN_FOLDERS
    if path in lists or _OWN.fullmatch(path) or is_spelt_otherwise:
        raise FileUnusable(
            f"not an address of a page, the site's own stands there: {path!r}",
            message_th=f"ที่อยู่นี้เป็นของหน้าหลักของเว็บ: {path}",
            mend_th="ใช้ชื่ออื่น",
        )
    return path


def safe_name(name: str) -> str:
    """Give a file's name as every file system and every address takes it; one that is so already stays."""
    name = _UNSAFE.sub("-", name).strip(".-") or "file"
    return f"_{name}" if name.split(".")[0].lower() in _WINDOWS else name


def suffix(name: str) -> str:
    """Give the ending of a name, lower case, without its dot."""
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem and ending.isascii() and ending.isalnum() else ""


def is_outside(address: str) -> bool:
    """Whether an address leads out of the site by a scheme that is safe to follow; ``javascript:`` is none."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    return parts.scheme.lower() in _SCHEMES and (bool(parts.netloc) or parts.scheme.lower() in {"mailto", "tel"})


def outside(address: str) -> str:
    """Give an address outside the site as a link can carry it, or nothing when it is not safe to follow."""
    return quote(address.strip(), safe="!#$%&'()*+,/:;=?@[]~") if is_outside(address) else ""
