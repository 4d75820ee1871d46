"""The files of a public site, where neither our own server nor a web server before it has given them.

Our own server settles when it begins which sites it gives. That of an office made later comes from here until the next
start: slower, but at the same addresses. No database is asked.
"""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils._os import safe_join
from django.views.decorators.http import require_safe
from django.views.static import serve


@require_safe
def site_file(request: HttpRequest, code: str, path: str = "") -> HttpResponseBase:
    """Give a file of a site; of a folder its ``index.html``, at an address that ends in a slash."""
    root = Path(settings.SITES_FOLDER) / code
    try:
        asked = Path(safe_join(root, path))
    except (SuspiciousFileOperation, ValueError) as mistake:
        raise Http404 from mistake
    if not asked.is_dir():
        return serve(request, path, document_root=str(root))
    if not request.path.endswith("/"):
        return redirect(f"{request.path}/")
    return serve(request, f"{path}/index.html", document_root=str(root))
