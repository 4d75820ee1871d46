"""Whether a PDF that says it is encrypted opens without a password: asked of a process that can be lost."""

import contextlib
import io
import subprocess
import sys

try:
    import resource
except ImportError:  # Windows has no such limit; the limit of time remains
    resource = None  # type: ignore[assignment]

_LOCKED, _OPEN, _NOT_INSTALLED = 4, 5, 6
_SECONDS_MAX, _MEMORY_BYTES_MAX = 20, 1_000_000_000


def needs_password(content: bytes) -> bool | None:
    """Whether a PDF needs a password; None when it cannot be told (broken, or the extra ``pdf`` is not installed)."""
    call = [sys.executable, "-I", "-m", "prongsai.inspection.locked"]
    try:
        child = subprocess.run(call, input=content, capture_output=True, check=False, timeout=_SECONDS_MAX)
    except subprocess.TimeoutExpired:
        return None
    return {_LOCKED: True, _OPEN: False}.get(child.returncode)


def main() -> int:
    """Answer by the exit status."""
    if resource is not None:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES_MAX, _MEMORY_BYTES_MAX))
    try:
        import pikepdf  # noqa: PLC0415  # reason: of the extra "pdf", and only here
    except ModuleNotFoundError:
        return _NOT_INSTALLED
    try:
        with pikepdf.open(io.BytesIO(sys.stdin.buffer.read())):
            return _OPEN
    except pikepdf.PasswordError:
        return _LOCKED
    except pikepdf.PdfError:
        return 1


if __name__ == "__main__":
    sys.exit(main())
