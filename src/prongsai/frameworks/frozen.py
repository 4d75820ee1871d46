"""Verified files frozen by their hash.

``frozen.json`` at the root of a library or an office's folder: ``{"ita-2568": {"2": "<sha256>"}}``, id, edition, hash.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from prongsai.errors import FileUnusable
from prongsai.frameworks.document import read

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
    return _read(frozen_file(path)).get(id_, {}).get(str(edition))


def freeze(path: Path) -> str:
    """Freeze a file as it is now and give its hash; say ``status: verified`` in it first.

    Raises FileUnusable when it cannot be read or the edition was frozen with another text.
    """
    document = read(path)
    if document.problems:
        raise FileUnusable(
            f"{path}: {document.problems[0].message}",
            message_th=f"{path.name}: {document.problems[0].message_th}",
            mend_th=document.problems[0].mend_th or "",
        )
    kept = frozen_file(path)
    known = {id_: dict(editions) for id_, editions in _read(kept).items()}
    id_, edition = str(document.data["id"]), str(document.data["edition"])
    before = known.setdefault(id_, {}).setdefault(edition, document.sha256)
    if before != document.sha256:
        raise FileUnusable(
            f"{id_} edition {edition} is already frozen with another text",
            message_th=f"{id_} ฉบับที่ {edition} ตรึงไว้แล้วด้วยเนื้อหาอื่น",
            mend_th="เพิ่มเลขฉบับ (edition) แล้วตรึงใหม่",
        )
    text = json.dumps(known, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    kept.write_text(text, encoding="utf-8", newline="\n")
    return document.sha256


def _read(path: Path) -> Frozen:
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
