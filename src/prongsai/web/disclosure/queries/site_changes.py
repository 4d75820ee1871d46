"""What the next build would change in the site that stands."""

from dataclasses import dataclass

from prongsai.portal.addresses import MANIFEST
from prongsai.portal.build import is_stale
from prongsai.portal.manifest import Manifest
from prongsai.portal.model import Entry
from prongsai.portal.render import Press
from prongsai.web.agencies.models import Agency
from prongsai.web.disclosure.queries.addresses import folder_of
from prongsai.web.disclosure.queries.site import site_of


@dataclass(frozen=True, slots=True)
class SiteChanges:
    """What differs from the site that stands. fresh: addresses that are not there yet; changed: to be written anew.

    total: pages that were ever public. is_standing: there is a site.
    """

    total: int
    fresh: tuple[Entry, ...]
    changed: tuple[Entry, ...]
    is_standing: bool

    @property
    def count(self) -> int:
        """How many pages would be written."""
        return len(self.fresh) + len(self.changed)

    @property
    def is_everywhere(self) -> bool:
        """Whether every page that stands would be written anew."""
        return self.is_standing and bool(self.changed) and self.count == self.total


def site_changes(agency: Agency) -> SiteChanges:
    """Compare what is public now with what stands in the folder; as many queries as a site takes."""
    site, manifest = site_of(agency), _standing(agency)
    if manifest is None:
        return SiteChanges(len(site.entries), site.entries, (), is_standing=False)
    press = Press(site)
    fresh = tuple(one for one in site.entries if one.path not in manifest.entries)
    known = (one for one in site.entries if one.path in manifest.entries)
    changed = tuple(one for one in known if is_stale(press, manifest, one))
    return SiteChanges(len(site.entries), fresh, changed, is_standing=True)


def _standing(agency: Agency) -> Manifest | None:
    try:
        return Manifest.read((folder_of(agency) / MANIFEST).read_bytes().decode())
    except (OSError, ValueError):
        return None
