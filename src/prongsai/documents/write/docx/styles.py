"""The named styles, settings and lists of a Word file. Officers see Thai names; programs see English ids.

Sizes and gaps: practice of ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. 2526, in points of TH Sarabun.
"""

from dataclasses import dataclass

from prongsai.documents.model import Style
from prongsai.documents.write.docx.xml import (
    ALIKE,
    DECLARATION,
    FONT,
    NAMESPACES,
    SYMBOLS,
    Face,
    fonts,
    indent,
    language_of,
    look_of,
)

RED = "C00000"
GREY = "595959"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BULLET_LIST = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


@dataclass(frozen=True, slots=True)
class Look:
    """A paragraph style. before, after: points of space; exact: height of a line in points, 0 for as the font asks.

    indents: as XML, or empty. outline: stands in the outline. keep: stays with what
    follows. whole: never parts. close: no gap between two of them.
    """

    id: str
    name: str
    face: Face = Face()
    align: str = "left"
    before: float = 0
    after: float = 0
    exact: float = 0
    indents: str = ""
    outline: bool = False
    keep: bool = False
    whole: bool = False
    close: bool = False


LOOKS: dict[Style, Look] = {
    Style.BODY: Look("Body", "เนื้อความ", align="thaiDistribute", before=6, indents=indent(first=2.5)),
    Style.PLAIN: Look("Plain", "ข้อความชิดซ้าย", before=6),
    Style.HANGING: Look("Hanging", "ข้อย่อย", align="thaiDistribute", before=2),
    Style.TITLE: Look("TitleLine", "ชื่อเอกสาร", Face(18, bold=True), "center", keep=True),
    Style.HEADING: Look("HeadingLine", "หัวข้อ", Face(16, bold=True), before=6, outline=True, keep=True),
    Style.CENTRED: Look("Centred", "กึ่งกลาง", align="center", before=6, close=True),
    Style.RIGHT: Look("RightHalf", "ครึ่งขวา", before=6, close=True),
    Style.COVER: Look("CoverLine", "ปก", Face(24, bold=True), "center", before=6),
    Style.SPEED: Look("Speed", "ชั้นความเร็ว", Face(32, bold=True, colour=RED), keep=True),
    Style.NOTE: Look("Note", "หมายเหตุ", Face(14), before=3),
}
MEMO_TITLE = Look("MemoTitle", "ชื่อบันทึกข้อความ", Face(29, bold=True), "center", exact=35, keep=True)
EMBLEM = Look("Emblem", "ตรา", align="center", after=6, keep=True)
MEMO_FIELD = Look("MemoField", "หัวบันทึกข้อความ", keep=True)
LETTER_FIELD = Look("LetterField", "หัวหนังสือ", before=6)
SIDE_LINE = Look("SideLine", "ที่อยู่ส่วนราชการ")
OPINION_HEAD = Look("OpinionHead", "หัวความเห็น", Face(16, bold=True), before=18, keep=True, whole=True)
OPINION = Look("Opinion", "ความเห็น", keep=True, whole=True, indents=indent(first=2.5))
SIGN_LINE = Look("SignLine", "ลงชื่อ", before=24, keep=True, whole=True)
SIGN_NAME = Look("SignName", "ผู้ลงนาม", align="center", keep=True, whole=True)
PICTURE = Look("Picture", "ภาพ", align="center", before=6, after=6)
PANEL_TITLE = Look("PanelTitle", "หัวกรอบลงนาม", Face(12, bold=True), keep=True, whole=True)
PANEL_LINE = Look("PanelLine", "ในกรอบลงนาม", Face(12), keep=True, whole=True)
RULE = Look("ShortRule", "เส้นคั่น", Face(8), "center", after=6)
SPACER = Look("Spacer", "บรรทัดคั่น", Face(1), exact=1)
PAGE_NUMBER = Look("PageNumber", "เลขหน้า", align="center", after=12)
SECRECY = Look("Secrecy", "ชั้นความลับ", Face(32, bold=True, colour=RED), "center", after=6)
FOOT_MARK = Look("FootMark", "ข้อความท้ายกระดาษ", Face(12, colour=GREY), "center")
CELL_SIZES = {16: "", 14: "Small"}
CELLS = {
    size: {
        "text": Look(f"Cell{suffix}", f"ในตาราง {size}", Face(size)),
        "head": Look(f"CellHead{suffix}", f"หัวตาราง {size}", Face(size, bold=True), "center", keep=True),
    }
    for size, suffix in CELL_SIZES.items()
}
RULED, BARE = "RuledTable", "BareTable"
RULED_INSETS, BARE_INSETS = (85, 85), (0, 113)  # twips at the left and right of a cell
_OWN = (
    *LOOKS.values(),
    *(MEMO_TITLE, EMBLEM, MEMO_FIELD, LETTER_FIELD, SIDE_LINE, OPINION_HEAD, OPINION, SIGN_LINE, SIGN_NAME),
    *(PANEL_TITLE, PANEL_LINE),
    *(PICTURE, RULE, SPACER, PAGE_NUMBER, SECRECY, FOOT_MARK),
    *(look for looks in CELLS.values() for look in looks.values()),
)


def styles_xml(language: str) -> str:
    """Write the style sheet for papers in Thai (``th``) or English (``en``)."""
    run = f"<w:rPr>{fonts(FONT)}{look_of(Face())}{language_of(language)}</w:rPr>"
    return (
        f"{DECLARATION}<w:styles {_W}><w:docDefaults><w:rPrDefault>{run}</w:rPrDefault><w:pPrDefault><w:pPr>"
        f'<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        f'<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        f"<w:qFormat/>{run}</w:style>"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        f"{_margins(108, 108)}</w:tblPr></w:style>{''.join(_style(look, language) for look in _OWN)}"
        f"{_table_style(RULED, 'ตารางมีเส้น', _borders('single', 4), _margins(*RULED_INSETS, 20))}"
        f"{_table_style(BARE, 'ตารางไม่มีเส้น', _borders('nil', 0), _margins(*BARE_INSETS))}</w:styles>"
    )


def _style(look: Look, language: str) -> str:
    follows = f'<w:next w:val="{LOOKS[Style.BODY].id}"/>' if look.outline else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{look.id}"><w:name w:val="{look.name}"/>'
        f'<w:basedOn w:val="Normal"/>{follows}<w:qFormat/><w:pPr>{_paragraph_properties(look, language)}</w:pPr>'
        f"<w:rPr>{fonts(look.face.font)}{look_of(look.face)}</w:rPr></w:style>"
    )


def _paragraph_properties(look: Look, language: str) -> str:
    keep = ("<w:keepNext/>" if look.keep else "") + ("<w:keepLines/>" if look.whole or look.outline else "")
    line = f'w:line="{round(look.exact * 20)}" w:lineRule="exact"' if look.exact else 'w:line="240" w:lineRule="auto"'
    border = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>' if look is RULE else ""
    close = "<w:contextualSpacing/>" if look.close else ""
    outline = '<w:outlineLvl w:val="0"/>' if look.outline else ""
    return (
        f'{keep}<w:widowControl/>{border}<w:spacing w:before="{round(look.before * 20)}" '
        f'w:after="{round(look.after * 20)}" {line}/>{look.indents}{close}'
        f'<w:jc w:val="{_align(look, language)}"/>{outline}'
    )


def _align(look: Look, language: str) -> str:
    """English is justified between words: Thai distribution would pull its letters apart."""
    return "both" if look.align == "thaiDistribute" and language == "en" else look.align


def _margins(left: int, right: int, above: int = 0) -> str:
    sides = (("top", above), ("left", left), ("bottom", above), ("right", right))
    edges = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in sides)
    return f"<w:tblCellMar>{edges}</w:tblCellMar>"


def _borders(kind: str, size: int) -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    edges = "".join(f'<w:{side} w:val="{kind}" w:sz="{size}" w:space="0" w:color="auto"/>' for side in sides)
    return f"<w:tblBorders>{edges}</w:tblBorders>"


def _table_style(id_: str, name: str, borders: str, margins: str) -> str:
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{id_}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr>{borders}{margins}</w:tblPr></w:style>'
    )


def settings_xml() -> str:
    """Write the settings: Word 2013 and later, Thai for complex scripts. Nothing of who wrote it and when."""
    uri = "http://schemas.microsoft.com/office/word"
    options = {
        "compatibilityMode": 15,
        "overrideTableStyleFontSizeAndJustification": 1,
        "enableOpenTypeFeatures": 1,
        "doNotFlipMirrorIndents": 1,
        "differentiateMultirowTableHeaders": 1,
    }
    compat = "".join(f'<w:compatSetting w:name="{name}" w:uri="{uri}" w:val="{on}"/>' for name, on in options.items())
    return (
        f'{DECLARATION}<w:settings {_W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        f'<w:characterSpacingControl w:val="doNotCompress"/><w:compat>{compat}</w:compat>'
        '<w:themeFontLang w:val="en-US" w:bidi="th-TH"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
        "</w:settings>"
    )


def fonts_xml() -> str:
    """Say which fonts are used and what to take in their stead on a machine without them."""
    return (
        f'{DECLARATION}<w:fonts {_W}><w:font w:name="{FONT}"><w:altName w:val="{ALIKE}"/>'
        '<w:panose1 w:val="020B0500040200020003"/><w:charset w:val="DE"/><w:family w:val="swiss"/>'
        f'<w:pitch w:val="variable"/></w:font><w:font w:name="{SYMBOLS}"><w:panose1 w:val="020B0502040204020203"/>'
        '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def lists_xml() -> str:
    """Write the one list there is: dashes before the items of a cell."""
    return (
        f'{DECLARATION}<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0">'
        '<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
        f'<w:lvlText w:val="-"/><w:lvlJc w:val="left"/><w:pPr>{indent(left=0.3, hanging=0.3)}</w:pPr>'
        f"<w:rPr>{fonts(FONT)}</w:rPr></w:lvl></w:abstractNum>"
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
