"""The box that only a receipt opens: the private dialogue key, and who may be told of what its owner writes.

Who reads a report stands nowhere in clear. A message that comes later must ring nobody who was taken off meanwhile, so
this box tells whom to ring; one that was closed without saying so rings nobody.
"""

from collections.abc import Iterable

from prongsai.privacy.seal.boxes import seal, unseal


def closed(dialogue: str, receipt_key: str, readers: Iterable[int] = ()) -> bytes:
    """Close the private dialogue key for a receipt. readers: pks of the holders who may read the report."""
    return seal(" ".join([dialogue, *map(str, readers)]).encode(), receipt_key)


def opened(wrap: bytes | memoryview, identity: str) -> tuple[str, tuple[int, ...]]:
    """Give the private dialogue key, and the pks of those who may be told. Raises NotForThisKey."""
    dialogue, *readers = unseal(wrap, [identity]).decode().split()
    return dialogue, tuple(int(one) for one in readers)
