"""Whether the kept files are those that were kept."""

from dataclasses import dataclass

from prongsai.web.agencies.models import Agency
from prongsai.web.evidence import store
from prongsai.web.evidence.models import File


@dataclass(frozen=True, slots=True)
class FileCheck:
    """How many files are whole; which are missing or damaged (hash and name); which bytes nobody names (paths).

    Those that were erased are neither; bytes of theirs that are still there are among what nobody names.
    """

    whole: int
    missing: tuple[str, ...]
    damaged: tuple[str, ...]
    orphans: tuple[str, ...]


def check_files(agency: Agency) -> FileCheck:
    """Compare every file of an agency with its hash."""
    missing: list[str] = []
    damaged: list[str] = []
    named, whole = set(), 0
    for file in File.objects.filter(agency=agency, erased_at=None).order_by("pk").iterator():
        path = store.path_of(agency.code, file.sha256)
        named.add(path)
        if store.is_whole(path, file.sha256):
            whole += 1
        else:
            (damaged if path.exists() else missing).append(f"{file.sha256} {file.name}")
    folder = store.folder_of(agency.code)
    orphans = [path.relative_to(folder).as_posix() for path in store.kept(agency.code) if path not in named]
    return FileCheck(whole, tuple(missing), tuple(damaged), tuple(orphans))
