"""Files that run on the machine of whoever opens them: known by how they are called and by their first bytes."""

from collections.abc import Iterator

# By what Windows, macOS, Android and the browsers start, and by what office programs run inside a document.
_SUFFIXES = """
ade adp apk app appimage appinstaller application appx appxbundle asp aspx bas bat bin cgi chm class cmd com cpl
crt deb dex diagcab dll dmg dot dotm docm drv ear elf exe fon gadget hlp hta htm html img inf ins iso isp its
jar jnlp js jse jsp ksh library-ms lnk mad maf mag mam mar mas mat mau mav maw mda mdb mde mdt mdw mdz mht mhtml
msc msh msi msix msp mst ocx odc ops osd pcd php pif pkg pl plg potm ppam ppsm pptm prf prg ps1 psc1 psd1 psm1
pst py pyc pyw pyz rb reg rpm run scf scr sct search-ms sh shb shs slk sldm so svg svgz swf sys theme url vb vbe
vbp vbs vhd vhdx vsmacros vsw war wasm webloc ws wsc wsf wsh xbap xht xhtml xla xlam xll xlsb xlsm xltm xnk xsl
"""
SUFFIXES = frozenset(_SUFFIXES.split())
_STARTS = (
    b"MZ",
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",  # Mach-O for several processors, and Java
    b"#!",
    b"\xef\xbb\xbf#!",
    b"L\x00\x00\x00\x01\x14\x02\x00",  # a shortcut of Windows
    b"!<arch>",  # a package of Debian
    b"\xed\xab\xee\xdb",  # of Red Hat
    b"MSCF",
    b"dex\n",
    b"\x00asm",
    b"ITSF",  # a help file of Windows
    b"FWS",
    b"CWS",
    b"<?php",
)
_MARKUP = (b"<!doctype html", b"<html", b"<script", b"<svg", b"<job", b"<package")
_ZIP = b"PK\x03\x04"
_IN_ZIP = (b"META-INF/MANIFEST.MF", b"AndroidManifest.xml", b"vbaProject.bin", b"AppxManifest.xml")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what Office wrote before 2007, and installers
_IN_COMPOUND = (
    "_VBA_PROJECT".encode("utf-16-le"),
    b"\x84\x10\x0c\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46",  # the class of an installer
)
HEAD = 64  # so many first bytes tell what a file is


def is_called_executable(name: str) -> bool:
    """Whether a file is one by its name; what stands behind a colon, and dots and spaces at the end, do not hide it."""
    bare = name.partition(":")[0].rstrip(" .\u00a0").casefold()
    return "." in bare and bare.rpartition(".")[2].strip() in SUFFIXES


def begins_executable(head: bytes) -> bool:
    """Whether a file is one by its first HEAD bytes."""
    return head.startswith(_STARTS) or head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP)


class Watch:
    """Looks for programs and macros inside a packed file as it goes by."""

    def __init__(self, head: bytes) -> None:
        packed = {_ZIP: _IN_ZIP, _COMPOUND: _IN_COMPOUND}
        self._signs = next((signs for start, signs in packed.items() if head.startswith(start)), ())
        self._tail = b""

    def sees(self, content: bytes) -> bool:
        """Whether the next bytes hold one."""
        if not self._signs:
            return False
        looked = self._tail + content
        self._tail = looked[-max(self._lengths()) :]
        return any(sign in looked for sign in self._signs)

    def _lengths(self) -> Iterator[int]:
        return (len(sign) for sign in self._signs)
