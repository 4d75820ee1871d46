"""The office's own clocks of the channel."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.keys import Key
from prongsai.web.complaints.models import Channel, HolderDuty
from prongsai.web.complaints.services.holders import channel_for


@transaction.atomic
def change_settings(scope: Scope, *, key: Key | None, version: int | None, **days: int) -> Channel:
    """Change the days of the channel. key: of the handler who does, which an open channel asks for.

    Raises ValidationError and Stale.
    """
    channel = channel_for(scope)
    if channel.root_id is not None and (key is None or key.holder.duty != HolderDuty.HANDLER):
        raise ValidationError(_("ช่องทางนี้เปิดใช้แล้ว ผู้รับเรื่องที่ปลดล็อกกุญแจเท่านั้นที่แก้ไขได้"))
    return journal.change(scope, channel, "complaint.settings", version=version, **days)
