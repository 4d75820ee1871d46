"""Values as they are hashed."""

from collections.abc import Mapping
from datetime import UTC, datetime


def plain(value: object) -> object:
    """Give a value as the chain keeps it: text, whole numbers, yes and no, lists, mappings, alike everywhere."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(part) for part in value]
    if isinstance(value, datetime) and value.tzinfo:
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return text.replace("\x00", "\ufffd")  # PostgreSQL keeps no NUL in JSON
