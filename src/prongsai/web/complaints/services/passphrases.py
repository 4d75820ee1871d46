"""Words that open a key: what they must be, and the pair that they give."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from prongsai.privacy.seal.keys import Cost, Pair, derive, pair_from
from prongsai.thai.text import collapse, normalise, squeeze
from prongsai.web.agencies.models import User

LETTERS_MIN = 16
WORDS_MIN = 4
WORD_LETTERS = 3
LETTERS_MAX = 300
_DIFFERENT_MIN = 6
_NAME_LETTERS = 4


def settled(words: str) -> str:
    """Give one spelling for what looks the same on the screen: keyboards write some Thai letters in two ways."""
    return collapse(normalise(words))


def pair_for(words: str, salt: bytes | memoryview, cost: str) -> Pair:
    """Work out the pair that a passphrase gives. cost: ``KiB:passes``."""
    memory, passes = cost.split(":")
    return pair_from(derive(settled(words), bytes(salt), Cost(int(memory), int(passes))))


def cost_now() -> str:
    """Give what a guess is to cost from now on, as ``KiB:passes``."""
    memory, passes = settings.PASSPHRASE_COST
    return f"{memory}:{passes}"


def check(user: User, words: str) -> None:
    """Refuse a passphrase that is easily guessed. Raises ValidationError for the field ``new``, all reasons at once."""
    errors = list(_faults(user, settled(words)))
    if words and user.check_password(words):
        errors.append(_("รหัสลับต้องไม่ใช่รหัสผ่านที่ใช้ลงชื่อเข้าใช้"))
    if errors:
        raise ValidationError({"new": errors})


def _faults(user: User, words: str) -> list[str]:
    letters = squeeze(words).casefold()
    long_words = {word.casefold() for word in words.split() if len(word) >= WORD_LETTERS}
    faults = []
    if len(letters) < LETTERS_MIN and len(long_words) < WORDS_MIN:
        faults.append(_("สั้นเกินไป ใช้อย่างน้อย ๑๖ ตัวอักษร หรือคำที่ไม่ซ้ำกันอย่างน้อย ๔ คำเว้นวรรค"))
    elif len(set(letters)) < _DIFFERENT_MIN or letters.isdigit():
        faults.append(_("ซ้ำหรือเป็นตัวเลขล้วน เดาได้ง่าย ใช้คำที่ไม่เกี่ยวข้องกัน"))
    if len(words) > LETTERS_MAX:
        faults.append(_("ยาวเกินไป ใช้ไม่เกิน ๓๐๐ ตัวอักษร"))
    name = user.username.casefold()
    if letters and (letters == name or (len(name) >= _NAME_LETTERS and name in letters)):
        faults.append(_("รหัสลับต้องไม่มีชื่อบัญชีของท่านอยู่ด้วย"))
    return faults
