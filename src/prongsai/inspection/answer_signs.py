"""What is wrong with an answer: its status, the way it came, what the bytes are against what was said of them."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from prongsai.errors import Problem
from prongsai.inspection import media
from prongsai.inspection.addresses import Address, same_place, site_of
from prongsai.inspection.body import Body
from prongsai.inspection.locked import needs_password
from prongsai.inspection.model import Hop
from prongsai.inspection.policy import Policy
from prongsai.inspection.report import problem

_HOMES = re.compile(r"/(?:(?:index|home|main|default)(?:\.[a-z]{2,5})?|(?:th|en|web|site|www)/?)?/?", re.IGNORECASE)
_FOR_GOOD = (301, 308)
_NAME = re.compile(r"filename\*?\s*=\s*(?:(UTF-8|utf-8)''([^;]+)|\"([^\"]*)\"|([^;]+))")
_NO_FILE_ENDINGS = frozenset({"php", "asp", "aspx", "jsp", "cgi", "do", "bin", "download", "tmp", "ashx", "file"})
_GARBLED = re.compile("\ufffd|à[¸¹]|เธ.เธ|%[0-9A-F]{2}%|^[?_]+\\.")
_SAME_KIND = (
    frozenset({media.CSV, media.TEXT, media.XLS}),
    frozenset({media.XML, media.HTML, "text/xml", "application/xhtml+xml"}),
    frozenset({media.ZIP, media.DOCX, media.XLSX, media.PPTX, media.ODT, media.ODS, "application/x-zip-compressed"}),
    frozenset({media.OLE, media.DOC, media.XLS, media.PPT}), frozenset({media.JSON, media.TEXT}),
    frozenset({media.RAR, "application/x-rar-compressed", "application/x-rar"}),
    frozenset({"image/jpeg", "image/jpg", "image/pjpeg"}),
    frozenset({media.PDF, "application/x-pdf"}), frozenset({media.RTF, "text/rtf", media.DOC}),
)  # fmt: skip


def status_signs(address: Address, status: int, headers: Mapping[str, str]) -> Iterator[Problem]:
    """Give what a status says. Fine are 200–299."""
    if 200 <= status < 300:
        return
    code = {
        404: "REACH_NOT_FOUND",
        410: "REACH_NOT_FOUND",
        401: "REACH_FORBIDDEN",
        403: "REACH_FORBIDDEN",
        429: "REACH_BUSY",
    }
    if is_robot_wall(status, headers):
        yield problem("REACH_ROBOT_WALL", str(address), status=status)
    else:
        yield problem(
            code.get(status, "REACH_SERVER" if status >= 500 else "REACH_STATUS"), str(address), status=status
        )


def is_robot_wall(status: int, headers: Mapping[str, str]) -> bool:
    """Whether a house in front of the website asks for a proof that a person asks."""
    return status in (403, 429, 503) and "challenge" in headers.get("cf-mitigated", "")


def way_signs(asked: Address, final: Address, hops: tuple[Hop, ...], *, is_short: bool) -> Iterator[Problem]:
    """Give what the redirects show: to the home page, to unencrypted http, moved for good."""
    if not hops:
        return
    if is_home(final) and not is_home(asked) and not is_short and site_of(final.host) == site_of(asked.host):
        yield problem("REACH_TO_HOME", str(asked), to=str(final))
        return
    if asked.scheme == "https" and final.scheme == "http":
        yield problem("REACH_DOWNGRADE", str(asked), to=str(final))
    if hops[0].status in _FOR_GOOD and not same_place(asked, final) and not is_short:
        yield problem("REACH_MOVED", str(asked), to=str(final))


def is_home(address: Address) -> bool:
    """Whether an address is that of a home page."""
    return "?" not in address.target and _HOMES.fullmatch(address.path) is not None


def body_signs(
    asked: Address, final: Address, headers: Mapping[str, str], body: Body, media_type: str, policy: Policy
) -> Iterator[Problem]:
    """Give what the bytes of a good answer show."""
    here = str(asked)
    if body.size == 0:
        yield problem("REACH_EMPTY", here)
        return
    if body.is_cut:
        yield problem("REACH_TOO_LARGE", here, size=policy.bytes_max // 1_000_000)
    elif body.size > policy.large_bytes:
        size, most = round(body.size / 1_000_000, 1), policy.large_bytes // 1_000_000
        yield problem("REACH_LARGE", here, size=size, most=most)
    said = _said_otherwise(asked, final, headers, media_type)
    if said:
        yield problem("REACH_TYPE", here, said=media.named_th(said), found=media.named_th(media_type))
    if is_locked(body, media_type):
        yield problem("REACH_PASSWORD", here)
    name = saved_as(final, headers, media_type)
    if name is not None and is_odd(name, media_type):
        better = f"รายงาน-2569.{media.suffix_for(media_type)}"
        yield problem("REACH_DOWNLOAD_NAME", here, name=name[:120], better=better)


def _said_otherwise(asked: Address, final: Address, headers: Mapping[str, str], media_type: str) -> str:
    """Give the type that a name or header promises and the bytes do not keep; empty when all agree."""
    for address in (asked, final):
        promised = media.type_of_suffix(media.suffix_of(address.path))
        if promised and promised != media.HTML and not _agree(promised, media_type):
            return promised
    said = headers.get("content-type", "").partition(";")[0].strip().lower()
    is_clear = said in media.PAPERS or media.is_page(said) or said.startswith("image/")
    return said if is_clear and said != "image/svg+xml" and not _agree(said, media_type) else ""


def _agree(said: str, found: str) -> bool:
    if found in ("", media.UNKNOWN) or said == found:
        return True
    if found == media.ZIP and said in media.PAPERS:  # the first bytes do not say which
        return said in _SAME_KIND[2]
    return any({said, found} <= kind for kind in _SAME_KIND if not (found != media.ZIP and kind is _SAME_KIND[2]))


def is_locked(body: Body, media_type: str) -> bool:
    """Whether a document opens only with a password."""
    found = media.is_locked(body.head, body.content, media_type)
    if found is None and body.content is not None:
        found = needs_password(body.content)
    return found is True


def saved_as(final: Address, headers: Mapping[str, str], media_type: str) -> str | None:
    """Give the name under which a browser saves what it does not show; None when it shows it."""
    kind, _, rest = headers.get("content-disposition", "").partition(";")
    is_forced = kind.strip().lower() == "attachment"
    said = headers.get("content-type", "").partition(";")[0].strip().lower()
    if not is_forced and not (said == media.UNKNOWN and media_type in media.PAPERS):
        return None
    found = _NAME.search(rest)
    if found:
        return unquote(found[2]) if found[2] else (found[3] if found[3] is not None else found[4]).strip()
    return unquote(final.path).rpartition("/")[2]


def is_odd(name: str, media_type: str) -> bool:
    """Whether a saved file of that name does not open by itself, or nobody can read its name."""
    stem, dot, ending = name.rpartition(".")
    ending = ending.lower().strip()
    if not stem or not dot or ending in _NO_FILE_ENDINGS or len(ending) > 5 or _GARBLED.search(name):
        return True
    promised = media.type_of_suffix(ending)
    return bool(promised) and not _agree(promised, media_type)
