"""Sealed things for tests, and what a key opens."""

from __future__ import annotations

import json

from prongsai.privacy.seal.boxes import seal_value
from prongsai.privacy.seal.frames import Sealer
from prongsai.privacy.seal.keys import new_pair
from prongsai.privacy.seal.wraps import unwrapped
from prongsai.web.agencies.models import Agency
from prongsai.web.complaints.access import Key
from prongsai.web.complaints.contents import CaseKeys, FileKey, Kind, Said, keys_from, plain
from prongsai.web.complaints.models import Report
from prongsai.web.complaints.services import store

__all__ = ["case_keys", "new_pair", "sealed_file", "sealed_said"]


def case_keys(report: Report, key: Key) -> CaseKeys | None:
    """Open the keys of a case by somebody's key."""
    found = unwrapped(report.wraps, key.bundle.identities)
    return keys_from(json.loads(found)) if found is not None else None


def sealed_said(kind: Kind, to: str) -> bytes:
    """Close a message for a public key."""
    return seal_value(plain(Said(kind, "ข้อความ")), to)


def sealed_file(agency: Agency, content: bytes, title: str = "ภาพ.pdf") -> FileKey:
    """Put a sealed file into its place."""
    pair = new_pair()
    with store.writing(agency.code) as writer:
        sealer = Sealer(writer.put, pair.recipient)
        sealer.add(content)
        sealer.close()
    return FileKey(title, len(content), writer.name, pair.identity)
