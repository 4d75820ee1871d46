"""What supervisors and Prometheus ask: answered before sessions, sign-in and the database."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from prongsai.web.operations import health, metrics
from prongsai.web.operations.near import brings_token, is_near


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Say that the process answers. Asks nothing of anybody."""
    return JsonResponse({"live": True})


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Say whether the platform can do its work, and of each part why not; 503 when it cannot."""
    found = health.parts()
    is_ready = all(part.is_fine for part in found)
    told = {part.name: {"ok": part.is_fine, "reason": part.reason} for part in found}
    answer = JsonResponse({"ready": is_ready, "parts": told}, json_dumps_params={"ensure_ascii": False})
    answer.status_code = 200 if is_ready else 503
    return answer


@never_cache
@require_safe
def show_metrics(request: HttpRequest) -> HttpResponse:
    """Give the figures to this machine, and to who brings the token; to others there is no such page."""
    if not is_near(request) and not brings_token(request):
        return HttpResponseNotFound()
    return HttpResponse(metrics.page(), content_type=metrics.CONTENT_TYPE)


PATHS: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/health/live/": live,
    "/health/ready/": ready,
    "/metrics/": show_metrics,
}
