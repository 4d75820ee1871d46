"""Makes a public site: into a folder, where only what changed is written, or as one zip for whoever serves it.

What leads somewhere is written after what it leads to. Pages that lead to each other are held by a short page until
both stand. An address that was ever public is never removed: it leads on, or says that nothing stands there any more.
"""

import zipfile
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from prongsai.documents.write import save
from prongsai.errors import FileUnusable, Problem, Severity, Where
from prongsai.portal.addresses import MANIFEST, check_path, index
from prongsai.portal.alone import alone
from prongsai.portal.entry import files_of, leads_of, ways_from
from prongsai.portal.feeds import feeds
from prongsai.portal.fixed import home, office_pages, search_page, service_pages, statics
from prongsai.portal.lists import LIST, lists, long_lists
from prongsai.portal.manifest import Manifest
from prongsai.portal.model import Entry, Page, Published, Site
from prongsai.portal.notices import notice
from prongsai.portal.packing import page_lists
from prongsai.portal.render import Press, environment
from prongsai.portal.search import Row, row_of, shard_count, shards
from prongsai.portal.stage import Folder, Made, Stage, Zip

Tell = Callable[[str], None]


def publish(site: Site, to: Path, *, tell: Tell | None = None, heal: bool = False) -> Published:
    """Make a folder show a site. tell: called with the address of every file written.

    Only what changed is written: pages by their stamps, lists by their bytes. heal: look at every file, and write again
    what is missing or has another size. A run that was cut off is taken up, and healed, by the next.

    What cannot be published stops nothing else: a page whose path cannot be an address is left out, a file that cannot
    be opened or is not what was published is held by a notice, and tried again by the next run. Both are told in
    ``problems`` (PORTAL_ADDRESS, PORTAL_TWICE, PORTAL_FILE).
    """
    site, problems = _checked(site)
    with alone(to):
        folder = Folder.open(to, tell, heal=heal)
        try:
            if not folder.has(MANIFEST):  # the page of proof leads to it
                save(Manifest().text().encode(), to / MANIFEST)
            run = _Run(Press(site), folder, problems)
            run.make()
        except BaseException:
            folder.close()
            raise
        folder.finish()
    return Published(folder.written, folder.kept, tuple(sorted(folder.manifest.files)), tuple(run.problems))


def pack(site: Site, to: Path, *, tell: Tell | None = None) -> Published:
    """Make a zip of a site, with lists of its pages and of links for a menu (PAGES.html, PAGES.csv).

    The zip is replaced when it is whole. The same site gives the same bytes. Problems are those of ``publish``.
    """
    site, problems = _checked(site)
    to.parent.mkdir(parents=True, exist_ok=True)
    beside = to.with_name(f"{to.name}.part")
    try:
        with zipfile.ZipFile(beside, "w") as archive:
            stage = Zip(archive, tell)
            press = Press(site)
            run = _Run(press, stage, problems)
            run.make()
            for made in page_lists(press):
                stage.put(made)
            stage.finish()
        beside.replace(to)
    finally:
        beside.unlink(missing_ok=True)
    return Published(len(stage.manifest.files), 0, tuple(sorted(stage.manifest.files)), tuple(run.problems))


def is_stale(press: Press, manifest: Manifest, entry: Entry) -> bool:
    """Whether a page must be made anew: it changed, or where its links lead did."""
    links = manifest.links.get(entry.path)
    led_elsewhere = links is not None and links[0] != press.ways_stamp(links[1:])
    return led_elsewhere or manifest.entries.get(entry.path) != press.stamp_of(entry.stamp)


# --- what may stand -------------------------------------------------------------------------------------------------
def _checked(site: Site) -> tuple[Site, list[Problem]]:
    """Leave out pages and old paths that cannot be addresses, and the second of two pages at one; tell of them."""
    lists = {str(year.year_be) for year in site.years}
    problems: list[Problem] = []
    entries: dict[str, Entry] = {}
    for entry in site.entries:
        fault = _fault(entry.path, lists)
        if fault is None and entry.path.lower() in entries:
            fault = _twice(entry.path)
        if fault is None:
            others, faults = _parted(entry.others, lists)
            entries[entry.path.lower()] = replace(entry, others=others) if faults else entry
            problems += faults
        else:
            problems.append(fault)
    return (replace(site, entries=tuple(entries.values())) if problems else site), problems


def _parted(paths: Collection[str], lists: Collection[str]) -> tuple[tuple[str, ...], list[Problem]]:
    faults = {path: fault for path in paths if (fault := _fault(path, lists))}
    return tuple(path for path in paths if path not in faults), list(faults.values())


def _fault(path: str, lists: Collection[str]) -> Problem | None:
    try:
        check_path(path, lists)
    except FileUnusable as mistake:
        return _problem("PORTAL_ADDRESS", path, mistake)
    return None


def _twice(path: str) -> Problem:
    said = "another page stands at this address, great and small letters being the same"
    said_th = "มีหน้าอื่นอยู่ที่อยู่นี้แล้ว (ไม่นับตัวพิมพ์เล็กใหญ่)"
    where = Where(file=path)
    return Problem("PORTAL_TWICE", Severity.ERROR, said, said_th, where, mend_th="เปลี่ยนที่อยู่ของหน้าใดหน้าหนึ่ง")


def _problem(code: str, address: str, mistake: FileUnusable) -> Problem:
    where = Where(file=address)
    return Problem(code, Severity.ERROR, str(mistake), mistake.message_th, where, mend_th=mistake.mend_th or None)


# --- a run ----------------------------------------------------------------------------------------------------------
@dataclass(slots=True)
class _Run:
    """leading: pages with old addresses, and the addresses of their files; spoilt: files whose bytes are not there."""

    press: Press
    stage: Stage
    problems: list[Problem]
    rows: dict[str, Row] = field(default_factory=dict)
    leading: list[tuple[Entry, Page, list[str]]] = field(default_factory=list)
    spoilt: set[tuple[str, str]] = field(default_factory=set)

    def make(self) -> None:
        """Make the site in an order in which nothing leads to what is not there."""
        press, stage = self.press, self.stage
        before = {path for path in stage.manifest.entries if not path.startswith(LIST)} - stage.recovered
        for made in statics(press):
            self._put(made)
        listed = {one.key: one for one in long_lists(press)}
        changed = [(one, list(one.make())) for one in listed.values() if not stage.is_done(one.key, one.stamp)]
        search = search_page(press, shard_count(len(press.site.entries)))
        pages = [*office_pages(press), *service_pages(press), search, *lists(press), *feeds(press)]
        early = [made.address for made in pages if made.is_page or made.address == "feed.xml"]
        self._hold("index.html", *early, *(made.address for _, files in changed for made in files))
        for entry in press.site.entries:
            self._entry(entry)
        self._leads({made.address for made in pages})
        for one, files in changed:
            for made in files:
                stage.put(made, one.key)
            stage.done(one.key, one.stamp, [])
        for made in (*shards(press, stage, self.rows, before), *pages, home(press)):
            stage.put(made)
        self._gone(set(listed))

    def _hold(self, *addresses: str) -> None:
        """Put a short page where something leads already."""
        for address in addresses:
            if not self.stage.has(address):
                content = environment().get_template("soon.html").render(name=self.press.site.office.name)
                self.stage.hold(address, content.encode())

    def _entry(self, entry: Entry) -> None:
        """Make the files of a page, unless they stand as they should."""
        press, stage = self.press, self.stage
        if not is_stale(press, stage.manifest, entry) and stage.is_done(entry.path, press.stamp_of(entry.stamp)):
            return
        page = entry.load()
        page = page if page.others == entry.others else replace(page, others=entry.others)
        files = list(files_of(press, page))
        led_to = (press.page_at(way) for way in ways_from(page))
        self._hold(*(made.address for made in files if made.is_early), *(index(path) for path in led_to if path))
        for made in files:
            self._put(made, entry.path)
        self.rows[entry.path] = row_of(page)
        if page.others:  # it is done when its old addresses lead on too
            self.leading.append((entry, page, [made.address for made in files]))
        else:
            self._done(entry, page)

    def _done(self, entry: Entry, page: Page) -> None:
        """Note that a page stands; one of which a file is spoilt is made again by the next run."""
        ways = ways_from(page)
        is_whole = all(owner != entry.path for owner, _ in self.spoilt)
        stamp = self.press.stamp_of(entry.stamp) if is_whole else ""
        self.stage.done(entry.path, stamp, [self.press.ways_stamp(ways), *ways] if ways else [])

    def _put(self, made: Made, owner: str = "", role: str = "own") -> None:
        """Put a file; a notice stands for one whose bytes are not those that were published."""
        try:
            self.stage.put(made, owner, role)
        except FileUnusable as mistake:
            if (owner, made.sha256) not in self.spoilt:
                self.spoilt.add((owner, made.sha256))
                self.problems.append(_problem("PORTAL_FILE", made.address, mistake))
            name = PurePosixPath(made.address).name
            said = ("ไฟล์นี้เสียหาย หน่วยงานกำลังกู้คืนจากชุดสำรอง", name, f"SHA-256 ของไฟล์เดิม {made.sha256}", self._asked())
            self.stage.put(Made(made.address, notice(name, said)), owner, role)

    def _leads(self, taken: set[str]) -> None:
        """Make old addresses lead on, where no page stands by now; on Windows great and small letters are the same."""
        stands = {address.lower() for address in (*self.stage.touched, *taken)} if self.leading else set()
        for entry, page, addresses in self.leading:
            for made in leads_of(self.press, page, addresses):
                if made.address.lower() not in stands:
                    stands.add(made.address.lower())
                    self._put(made, entry.path, "lead")
            self._done(entry, page)

    def _gone(self, keys: set[str]) -> None:
        """Say at every address that was ever public, and that nothing came to stand at, that it is gone."""
        manifest, touched = self.stage.manifest, set(self.stage.touched)
        stands = {at.lower(): at for at in touched if manifest.files[at].role == "own"}
        for address in [at for at in manifest.files if stands.get(at.lower(), at) != at]:
            if self.stage.is_one(address, stands[address.lower()]):  # on Windows: a page spelt otherwise stands there
                del manifest.files[address]
        left = [address for address, known in manifest.files.items() if address not in touched and known.owner != "?"]
        for address in sorted(left):
            self.stage.put(Made(address, self._gone_file(address)), role="gone")
        for path in manifest.entries.keys() - self.press.paths - keys:
            del manifest.entries[path]
            manifest.links.pop(path, None)

    def _gone_file(self, address: str) -> bytes:
        near = self._near(address)
        if address.endswith(".html"):
            return self.press.set("gone.html", at=address, title="หน้านี้ไม่มีแล้ว", near=near)
        return notice(address, ("ไม่ได้เผยแพร่ไฟล์นี้แล้ว", PurePosixPath(address).name, self._asked()))

    def _asked(self) -> str:
        office = self.press.site.office
        return f"สอบถาม {office.name}" + (f" โทร. {office.phone}" if office.phone else "")

    def _near(self, address: str) -> str:
        """Give the page above an address that stands."""
        for above in PurePosixPath(address).parents:
            at = index("" if str(above) == "." else str(above))
            known = self.stage.manifest.files.get(at)
            if at != address and known and known.role == "own" and at in self.stage.touched:
                return at
        return "index.html"
