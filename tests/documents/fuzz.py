"""Broken files made out of sound ones: bytes turned, cut, doubled and swapped, parts of a bundle broken one by one."""

import random
import zipfile
from io import BytesIO

NASTY = (
    b"\x00",
    b"\xff" * 8,
    b"<!ENTITY x SYSTEM 'file:///etc/passwd'>",
    b"&#x0;",
    b"]]>",
    b"%s%s%n",
    b"-1",
    b"99999999999",
    b"../../x",
)


def broken(content: bytes, seed: int) -> bytes:
    """Break a file in a way that the seed decides."""
    chance = random.Random(seed)
    if content.startswith(b"PK") and chance.random() < 0.6:
        return _in_part(content, chance)
    return _bytes(content, chance)


def _in_part(content: bytes, chance: random.Random) -> bytes:
    """Break one part of a bundle and close the bundle properly again."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        victim = chance.choice(names)
        fate = chance.random()
        for name in names:
            part = old.read(name)
            if name == victim and fate < 0.1:
                continue
            new.writestr(name, _bytes(part, chance) if name == victim else part)
        if fate > 0.9:
            new.writestr("../../escaped.txt", b"x")
    return made.getvalue()


def _bytes(content: bytes, chance: random.Random) -> bytes:
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 3, 10, 40))):
        at = chance.randrange(len(data) + 1)
        far = min(len(data), at + chance.choice((1, 4, 64, 1024)))
        match chance.randrange(6):
            case 0:
                data[at:at] = chance.choice(NASTY)
            case 1:
                del data[at:far]
            case 2:
                data[at:at] = data[at:far] * chance.choice((1, 2, 50))
            case 3 if len(data) > 8:
                del data[chance.randrange(len(data) // 8, len(data)) :]
            case 4:
                data[at:far] = chance.randbytes(far - at)
            case _ if at < len(data):
                data[at] ^= 1 << chance.randrange(8)
    return bytes(data)
