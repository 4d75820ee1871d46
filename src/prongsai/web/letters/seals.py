"""Hashes that hold a letter together: of what was seen, of each signature, and of the whole when it is signed.

Each is the SHA-256 of canonical JSON (sorted keys, no spaces, UTF-8), so that anybody can work it out again.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

# Without letters and digits that are taken for one another; 15 of 31 are 74 bits.
CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_GROUPS, CODE_GROUP = 3, 5


def digest(facts: Mapping[str, Any]) -> str:
    """Give the hash of facts that JSON can hold: text, whole numbers, yes and no, lists and mappings of them."""
    plain = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def text_hash(
    *,
    paper: str,
    subject: str,
    content: Mapping[str, Any],
    attachments: Sequence[Mapping[str, Any]],
    speed: str = "",
    secrecy: str = "",
) -> str:
    """Give the hash of all that somebody who signs sees: ``LetterText.sha256``.

    paper, speed, secrecy: of the letter; the rest as it stands in the text.
    """
    return digest(
        {
            "paper": paper,
            "subject": subject,
            "content": content,
            "attachments": attachments,
            "speed": speed,
            "secrecy": secrecy,
        }
    )


def new_code() -> str:
    """Make a code for the panel of a letter: ``7KQ3M-XW9PA-…``; nobody can guess one."""
    groups = ("".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_GROUP)) for _ in range(CODE_GROUPS))
    return "-".join(groups)


def endorsement_seal(
    *,
    step: int,
    kind: str,
    opinion_of: str,
    decision: str,
    opinion: str,
    name: str,
    position: Sequence[str],
    capacity: str,
    order: str,
    signed_on: date,
    signed_at: datetime,
    method: str,
    scan: str,
    sha256: str,
    previous: str,
) -> str:
    """Hash a signature. step: its place; scan: the SHA-256 of the signed paper, empty without one; sha256: of the text.

    previous: the seal of the signature given before it (a voided one too), empty for the first. Names and posts are
    those that were printed: the register of people may be put in order later.
    """
    return digest(
        {
            "step": step,
            "kind": kind,
            "opinion_of": opinion_of,
            "decision": decision,
            "opinion": opinion,
            "name": name,
            "position": list(position),
            "capacity": capacity,
            "order": order,
            "signed_on": signed_on.isoformat(),
            "signed_at": _moment(signed_at),
            "method": method,
            "scan": scan,
            "sha256": sha256,
            "previous": previous,
        }
    )


def letter_seal(
    *,
    paper: str,
    text: str,
    number: str,
    dated: date,
    speed: str,
    secrecy: str,
    code: str,
    endorsements: Sequence[str],
    attachments: Sequence[str],
    docx: str,
    pdf: str,
) -> str:
    """Hash a signed letter. text: hash of its text; endorsements: seals of its signatures in order.

    attachments, docx, pdf: SHA-256 of the files.
    """
    return digest(
        {
            "paper": paper,
            "text": text,
            "number": number,
            "dated": dated.isoformat(),
            "speed": speed,
            "secrecy": secrecy,
            "code": code,
            "endorsements": list(endorsements),
            "attachments": list(attachments),
            "docx": docx,
            "pdf": pdf,
        }
    )


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
