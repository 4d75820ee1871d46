"""What a strict Content-Security-Policy would stop on a page."""

import re

_INLINE = re.compile(
    r"<script(?![^>]*\ssrc=)[^>]*>|<style|\sstyle=|\son[a-z]+=[\"']|href=[\"']javascript:", re.IGNORECASE
)


def inline_parts(html: str) -> list[str]:
    """Give every inline script, style and handler of a page."""
    return _INLINE.findall(html)
