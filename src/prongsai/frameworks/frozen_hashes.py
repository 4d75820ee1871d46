"""The hashes under which verified files were frozen.

``frozen.json`` at the root of a library or an office's folder: ``{"ita-2568": {"2": "<sha256>"}}``, id, edition, hash.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from prongsai.errors import FileUnusable

FROZEN = "frozen.json"
Frozen = Mapping[str, Mapping[str, str]]


def frozen_file(path: Path) -> Path:
    """Give the ``frozen.json`` that keeps a file: in its own folder or the nearest one above, else beside the file."""
    for folder in (path.parent, *path.parent.parents[:2]):
        if (folder / FROZEN).is_file():
            return folder / FROZEN
    return path.parent / FROZEN


def frozen_hash(path: Path, id_: str, edition: int) -> str | None:
    """Give the hash under which an edition was frozen, None when it was not."""
    return read_hashes(frozen_file(path)).get(id_, {}).get(str(edition))


def read_hashes(path: Path) -> Frozen:
    """Read a ``frozen.json``; empty when there is none. Raises FileUnusable for one that is damaged."""
    if not path.is_file():
        return {}
    try:
        found = json.loads(path.read_bytes())
        return {str(id_): dict(editions) for id_, editions in found.items()}
    except (ValueError, TypeError, AttributeError, OSError) as error:
        raise FileUnusable(
            f"cannot read {path}: {error}",
            message_th=f"อ่านไฟล์ {path} ไม่ได้",
            mend_th="คืนไฟล์เดิมจากสำเนา อย่าแก้ด้วยมือ",
        ) from error
