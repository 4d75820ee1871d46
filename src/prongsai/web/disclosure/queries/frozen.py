"""What of a release is frozen: everything that it shows, and the hash over it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from prongsai.web.disclosure.models import Release, ReleaseFile, ReleaseState
from prongsai.web.disclosure.queries.plain import plain

SHOWN = (
    "title",
    "title_en",
    "summary",
    "body",
    "body_en",
    "content_year_be",
    "document_date",
    "received_on",
    "change_note",
)


def shown_of(release: Release, files: Sequence[ReleaseFile], *, number: int, published_at: datetime) -> dict[str, Any]:
    """Give everything that a release shows, as it is hashed; files by their names in addresses and their hashes."""
    told = {name: getattr(release, name) for name in SHOWN} | {
        "number": number,
        "published_at": published_at,
        "tables": release.tables,
        "files": [_file(one) for one in files],
    }
    # Left out where there are none: what was published before they were kept has its hash without them.
    told |= {"reports": release.reports} if release.reports else {}
    return dict(plain(told))  # type: ignore[call-overload]


def hash_of_draft(release: Release, files: Sequence[ReleaseFile], tables: Sequence[Mapping[str, Any]]) -> str:
    """Hash what somebody sees of a release in the making: its words, the tables as they are now, its files."""
    told = {name: getattr(release, name) for name in SHOWN} | {"tables": tables, "files": [_file(one) for one in files]}
    return hash_of(dict(plain(told)))  # type: ignore[call-overload]


def _file(one: ReleaseFile) -> dict[str, str]:
    return {
        "name": one.name,
        "sha256": one.file.sha256,
        "title": one.title,
        "role": one.role,
        "text": one.text,
        "language": one.language,
    }


def hash_of(shown: Mapping[str, Any]) -> str:
    """Hash what is shown: SHA-256 over its JSON, keys sorted, nothing between them, in UTF-8."""
    text = json.dumps(shown, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def is_as_frozen(release: Release, files: Sequence[ReleaseFile] | None = None) -> bool:
    """Whether an approved release still is what was approved. files: its own with their bytes' rows, where known."""
    if release.state != ReleaseState.APPROVED or release.published_at is None:
        return False
    known = list(release.files.select_related("file")) if files is None else files
    shown = shown_of(release, known, number=release.number, published_at=release.published_at)
    return hash_of(shown) == release.sha256
