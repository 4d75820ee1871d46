"""The page of a receipt for who is signed in: shown once, as the answer to a form, and kept nowhere."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from prongsai.privacy.seal.receipts import Receipt
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.services import receiving
from prongsai.web.ui.qr import svg_of


def receipt_page(
    request: HttpRequest,
    scope: Scope,
    receipt: Receipt,
    *,
    trail: list[tuple[str, str]],
    is_for_other: bool = False,
    is_known: bool = True,
) -> HttpResponse:
    """Show a receipt. is_for_other: who sees it hands it to somebody; is_known: it is known to whom."""
    context: dict[str, Any] = {
        "words": list(zip(receipt.thai, receipt.latin, strict=True)),
        "qr": svg_of(" ".join(receipt.latin), _("ใบรับเป็นคิวอาร์โค้ด")),
        "follow": request.build_absolute_uri(reverse("report_follow", args=[scope.agency.code])),
        "is_for_other": is_for_other,
        "is_known": is_known,
        "trail": trail,
    }
    return render(request, "complaints/receipt_given.html", context, status=201)


def token_of(request: HttpRequest, *, is_used: bool = False) -> str:
    """Give the token of the form that was sent, as long as it holds, else a new one. is_used: it has its report."""
    token = "" if is_used else request.POST.get("token", "")
    try:
        receiving.receipt_of(token)
    except receiving.NotTaken:
        return receiving.give_token()
    return token
