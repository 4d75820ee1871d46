"""Pictures of executives for the public site: drawn anew, so that nothing a camera wrote into them goes out."""

from django.core.exceptions import ValidationError
from django.db import transaction

from prongsai.errors import FileUnusable
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.scope import Scope, system_scope
from prongsai.web.agencies.services import redrawn
from prongsai.web.disclosure.models import Portrait
from prongsai.web.disclosure.queries.site_people import photos_of
from prongsai.web.evidence.models import File
from prongsai.web.evidence.services import keep_file, read_file

SIDE = 480
BYTES_MAX = 10_000_000  # as the register takes them
NAME = "portrait.png"


def draw_portraits(agency: Agency) -> int:
    """Draw the pictures of the published register of executives that were not drawn yet; give how many.

    One that is no picture, or has too many points, is shown as if there were none; the overview says so.
    """
    scope = system_scope(agency)
    known = Portrait.objects.filter(original__agency=agency).values("original")
    photos = list(photos_of(agency).exclude(pk__in=known))
    for photo in photos:
        drawn = _drawn(scope, photo)
        with transaction.atomic():
            Portrait.objects.get_or_create(original=photo, defaults={"drawn": drawn})
    return len(photos)


def _drawn(scope: Scope, photo: File) -> File | None:
    try:
        return keep_file(scope, name=NAME, content=redrawn(read_file(photo), SIDE, BYTES_MAX), is_guarded=True)
    except (ValidationError, FileUnusable):
        return None
