"""What every template may know: who asks, and where."""

from django.http import HttpRequest


def scope(request: HttpRequest) -> dict[str, object]:
    """Give the scope that the view was entered with; None on pages outside an agency."""
    return {"scope": getattr(request, "scope", None)}
