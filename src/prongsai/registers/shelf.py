"""Where register files lie: the shipped library, and a folder of the office's own."""

import os
from functools import lru_cache
from pathlib import Path

from prongsai.errors import FileUnusable

Stamp = tuple[int, int]

LIBRARY = Path(__file__).with_name("library")
ELSEWHERE = "elsewhere.yaml"  # beside them: what is no register, or not yet


@lru_cache(maxsize=1)
def _shipped(_mtime_ns: int) -> tuple[Path, ...]:
    return tuple(path for path in sorted(LIBRARY.glob("*.yaml")) if path.name != ELSEWHERE)


def shipped_files() -> tuple[Path, ...]:
    """Give the files of the library by name."""
    return _shipped(LIBRARY.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _shipped_states(mtime_ns: int) -> tuple[tuple[Path, Stamp], ...]:
    return tuple((path, stamp(path)) for path in _shipped(mtime_ns))


def shipped_states() -> tuple[tuple[Path, Stamp], ...]:
    """Give the files of the library and their states, as of the moment when one last came or went.

    What is shipped changes with an upgrade alone. A page asks a hundred times and more: to look at every file each time
    took a tenth of the home page.
    """
    return _shipped_states(LIBRARY.stat().st_mtime_ns)


def own_files(folder: Path | None) -> tuple[Path, ...]:
    """Give the office's own files by name; none when it has no folder yet."""
    if folder is None or not folder.is_dir():
        return ()
    return tuple(sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".yml") and path.is_file()))


def stamp(path: Path) -> Stamp:
    """Tell one state of a file from another, so that an edited file is read anew."""
    try:
        found = os.stat(path)  # noqa: PTH116 # reason: half the time of Path.stat, asked of every file at every call
    except OSError as error:
        raise FileUnusable(
            f"cannot read {path}: {error.strerror}",
            message_th=f"เปิดไฟล์ {path} ไม่ได้",
            mend_th="ตรวจชื่อไฟล์และสิทธิ์การอ่าน",
        ) from error
    return found.st_mtime_ns, found.st_size
