"""The backup that makes itself: into the folder of ``PRONGSAI_BACKUP_FOLDER``, some nights of it kept."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from prongsai.errors import ProngsaiError
from prongsai.web.operations import backup

_OURS = re.compile(r"prongsai-\d{4}-\d{2}-\d{2}-\d{6}\.age")


def is_wanted() -> bool:
    """Whether there is a folder to back up into; without a key the job fails, so that somebody sees it."""
    return bool(settings.BACKUP_FOLDER)


def back_up_nightly() -> Path:
    """Make a backup with the time in its name, then remove the oldest of ours beyond those that are kept.

    A second run makes a second file; one that was broken off leaves none. Raises ProngsaiError.
    """
    if not settings.BACKUP_FOLDER:
        raise ProngsaiError(
            "PRONGSAI_BACKUP_FOLDER is not set",
            message_th="ยังไม่ได้บอกโฟลเดอร์ที่จะสำรองข้อมูลไว้",
            mend_th="ตั้ง PRONGSAI_BACKUP_FOLDER แล้วเริ่มใหม่",
        )
    folder = Path(settings.BACKUP_FOLDER)
    made = backup.back_up(folder / f"prongsai-{timezone.localtime():%Y-%m-%d-%H%M%S}.age", to=backup.recipient())
    for old in kept(folder)[: -max(1, settings.BACKUPS_KEPT)]:
        old.unlink(missing_ok=True)
    return made.path


def kept(folder: Path) -> list[Path]:
    """Give the backups of a folder that this made, the oldest first."""
    return sorted(path for path in folder.iterdir() if _OURS.fullmatch(path.name))
