"""Building the public site of an office: into the folder that is served, or into a folder or zip somewhere else."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from prongsai.errors import Problem
from prongsai.portal.addresses import MANIFEST
from prongsai.portal.alone import alone
from prongsai.portal.build import pack, publish
from prongsai.portal.model import Published
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.scope import system_scope
from prongsai.web.disclosure.models import Site
from prongsai.web.disclosure.queries.addresses import folder_of
from prongsai.web.disclosure.queries.site import site_of
from prongsai.web.disclosure.services.portraits import draw_portraits

ZIP = ".zip"
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: files written, files left as they were, how long it took, where it stands.

    problems: pages and files that could not be shown as they are; everything else stands.
    """

    written: int
    kept: int
    seconds: float
    folder: Path
    addresses: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def build(agency: Agency, *, tell: Tell | None = None, heal: bool = False) -> Built:
    """Bring the served site up to what is public now. tell: is given the address of every file that is written.

    heal: look at every file of the folder, and write again what is missing or was changed by others.

    One build of an agency at a time, in all threads and processes: another one is waited for, and then this one begins
    with what is public by then. Whatever goes wrong, the site that stands stays as it is.
    """
    built = _published(agency, folder_of(agency), tell, heal=heal)
    if not Site.objects.filter(agency=agency).update(built_at=timezone.now()):
        # Not a line in the journal for every build: nobody decided anything.
        journal.create(system_scope(agency), Site(agency=agency, built_at=timezone.now()), "site.add")
    return built


def deliver(agency: Agency, to: Path, *, tell: Tell | None = None) -> Built:
    """Write the site into a folder of its own, only what changed, or into one zip when the name says so."""
    if to.suffix.lower() != ZIP:
        return _published(agency, to, tell, heal=True)
    began = time.monotonic()
    draw_portraits(agency)
    return _built(pack(site_of(agency), to), began, to)


def build_missing(tell: Callable[[Agency], None]) -> list[Built]:
    """Build the sites that were built once and do not stand: after a restore, on a new machine. tell: before each."""
    wanted = Site.objects.filter(built_at__isnull=False).select_related("agency").order_by("agency__code")
    missing = [site.agency for site in wanted if not is_standing(site.agency)]
    built = []
    for agency in missing:
        tell(agency)
        built.append(build(agency, heal=True))
    return built


def is_standing(agency: Agency) -> bool:
    """Whether the served site was built to its end."""
    return (folder_of(agency) / MANIFEST).is_file()


def _published(agency: Agency, folder: Path, tell: Tell | None, *, heal: bool) -> Built:
    began = time.monotonic()
    with alone(folder):
        draw_portraits(agency)
        done = publish(site_of(agency), folder, tell=tell, heal=heal)
    return _built(done, began, folder)


def _built(done: Published, began: float, folder: Path) -> Built:
    return Built(done.written, done.kept, time.monotonic() - began, folder, done.addresses, done.problems)
