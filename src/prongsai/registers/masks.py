"""How the values of a register stand in public: each by the type of its field."""

from collections.abc import Callable, Mapping

from prongsai.privacy.masks import mask_address, mask_email, mask_name, mask_phone, mask_text
from prongsai.privacy.patterns import HIDDEN
from prongsai.registers.model import Field, FieldType
from prongsai.thai.identity import mask_id


def _long_text(text: str) -> str:
    return mask_text(text, names=True)


_BY_TYPE: Mapping[FieldType, Callable[[str], str]] = {
    FieldType.TEXT: mask_name,
    FieldType.PERSON: mask_name,
    FieldType.PHONE: mask_phone,
    FieldType.ID: mask_id,
    FieldType.EMAIL: mask_email,
    FieldType.ADDRESS: mask_address,
    FieldType.LONG_TEXT: _long_text,
}


def mask(field: Field, shown: str) -> str:
    """Mask a value as it is shown by the type of its field; what has no mask of its own is covered whole."""
    if not shown:
        return ""
    by_type = _BY_TYPE.get(field.type)
    return by_type(shown) if by_type else HIDDEN
