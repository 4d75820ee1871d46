"""Draw one page of a PDF, or a picture, as PNG: bytes on standard input, PNG on standard output, then end.

The libraries that draw are compiled, and a crafted file may make one ask for all memory, run for ever or end its
process; that process is this one, which knows nothing and can be lost. ``preview`` starts it.
"""

import contextlib
import sys
import warnings
from io import BytesIO

from PIL import Image, ImageOps

try:
    import resource
except ImportError:  # Windows has no such limit; those of size and time remain
    resource = None  # type: ignore[assignment]

WIDTH_MAX = 1_240
HEIGHT_MAX = 2_400
PIXELS_IN_MAX = 40_000_000
PAGES_MAX = 2_000
REFUSED = 3
KINDS = ["PNG", "JPEG", "GIF", "WEBP"]


def main(task: str, page: int, memory_bytes_max: int) -> None:
    """Answer a task: ``count`` (pages of a PDF, in digits), ``page`` (1-based) or ``picture``; or end with REFUSED."""
    if resource is not None:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (memory_bytes_max, memory_bytes_max))
    content = sys.stdin.buffer.read()
    # Whatever the file makes a library raise means one thing here: it cannot be drawn.
    try:
        answer = _picture(content) if task == "picture" else _pdf(content, page if task == "page" else 0)
    except (
        OSError,
        ValueError,
        RuntimeError,
        MemoryError,
        SyntaxError,
        ImportError,
        Warning,
        Image.DecompressionBombError,
    ):
        sys.exit(REFUSED)
    sys.stdout.buffer.write(answer)


def _pdf(content: bytes, page: int) -> bytes:
    """Draw a page, or count the pages when it is 0."""
    import pypdfium2  # noqa: PLC0415  # reason: an extra; pictures are drawn without it

    paper = pypdfium2.PdfDocument(content)
    count = len(paper)
    if page == 0:
        return str(count).encode()
    if page > min(count, PAGES_MAX):
        raise ValueError("no such page")
    sheet = paper[page - 1]
    width, height = sheet.get_size()
    scale = min(WIDTH_MAX / max(width, 1), HEIGHT_MAX / max(height, 1))
    return _png(sheet.render(scale=scale).to_pil())


def _picture(content: bytes) -> bytes:
    """Draw a picture anew: what stood in it besides the picture is gone."""
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    picture = Image.open(BytesIO(content), formats=KINDS)
    if picture.width * picture.height > PIXELS_IN_MAX:
        raise ValueError("too many pixels")
    picture.draft("RGB", (WIDTH_MAX, HEIGHT_MAX))
    upright = ImageOps.exif_transpose(picture).convert("RGBA")
    upright.thumbnail((WIDTH_MAX, HEIGHT_MAX))
    paper = Image.new("RGBA", upright.size, "white")
    return _png(Image.alpha_composite(paper, upright))


def _png(picture: Image.Image) -> bytes:
    kept = BytesIO()
    picture.convert("RGB").save(kept, "PNG")
    return kept.getvalue()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
