"""Sealing a file whose bytes are in hand already; what comes in by a form is sealed while it comes (``uploads``)."""

from prongsai.privacy.seal.frames import Sealer
from prongsai.privacy.seal.keys import new_pair
from prongsai.web.complaints.contents import FileKey
from prongsai.web.complaints.services import store


def sealed_file(code: str, title: str, content: bytes, state: str = "kept") -> FileKey:
    """Put a file into the folder of sealed files of an office (code), closed for a key of its own."""
    pair = new_pair()
    with store.writing(code) as writer:
        sealer = Sealer(writer.put, pair.recipient)
        sealer.add(content)
        sealer.close()
    return FileKey(title, sealer.size, writer.name, pair.identity, state)
