"""What can be wrong in a register file: every code with its words, in one table.

``docs/reference/register-files.md`` lists the same codes; a test keeps the two together. The codes of writing
(``REGISTER_YAML_SYNTAX`` and its like) are those of framework files under this name: see ``written.py``.
"""

from dataclasses import dataclass

from prongsai.errors import Problem, Severity, Where
from prongsai.frameworks.faults import WHOLE_FILE


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fault. The four texts are templates filled by :func:`fault`."""

    code: str
    message: str
    message_th: str
    mend: str
    mend_th: str
    severity: Severity = Severity.ERROR


_SHAPE = (
    Kind(
        "REGISTER_UNKNOWN_KEY",
        "the key {key} is not known here",
        "ไม่รู้จักช่อง {key} ในตำแหน่งนี้",
        "correct its spelling or take it away; near are {near}",
        "แก้ตัวสะกดหรือลบออก ช่องที่ใช้ได้และใกล้เคียงคือ {near}",
    ),
    Kind("REGISTER_MISSING_KEY", "{place} lacks the key {key}", "{place_th} ขาดช่อง {key}", "add it", "เพิ่มช่องนี้"),
    Kind(
        "REGISTER_WRONG_TYPE",
        "{place} must be {expected}, not {value}",
        "{place_th} ต้องเป็น{expected_th} แต่พบ {value}",
        "write {expected}; put a text that looks like a number in quotation marks",
        "เขียนเป็น{expected_th} ข้อความที่ดูเหมือนตัวเลขให้ใส่เครื่องหมายคำพูด",
    ),
    Kind(
        "REGISTER_BAD_VALUE",
        "{place} cannot be {value}: {reason}",
        "{place_th} เป็น {value} ไม่ได้: {reason_th}",
        "write an allowed value",
        "แก้เป็นค่าที่กำหนดไว้",
    ),
    Kind(
        "REGISTER_BAD_KEY",
        "{value} cannot be a key: {reason}",
        "ใช้ {value} เป็นรหัสไม่ได้: {reason_th}",
        "write lower-case Latin letters, digits and _ ; the Thai name belongs in label_th",
        "ใช้อักษรละตินตัวเล็ก ตัวเลข และ _ ชื่อภาษาไทยเขียนใน label_th",
    ),
)

_NAMES = (
    Kind(
        "REGISTER_UNKNOWN_FIELD",
        "{place} names the field {key}, which is not there",
        "{place_th} อ้างถึงช่อง {key} ซึ่งไม่มี",
        "correct its spelling or add it; near are {near}",
        "แก้ตัวสะกดหรือเพิ่มให้มี ที่ใกล้เคียงคือ {near}",
    ),
    Kind(
        "REGISTER_UNKNOWN_CHOICE",
        "{place} names the choice {key}, which is not there",
        "{place_th} อ้างถึงตัวเลือก {key} ซึ่งไม่มี",
        "correct its spelling or add it; near are {near}",
        "แก้ตัวสะกดหรือเพิ่มให้มี ที่ใกล้เคียงคือ {near}",
    ),
    Kind(
        "REGISTER_UNKNOWN_STATE",
        "{place} names the state {key}, which is not there",
        "{place_th} อ้างถึงสถานะ {key} ซึ่งไม่มี",
        "correct its spelling or add it; near are {near}",
        "แก้ตัวสะกดหรือเพิ่มให้มี ที่ใกล้เคียงคือ {near}",
    ),
    Kind(
        "REGISTER_UNKNOWN_MOVE",
        "{place} names the move {key}, which is not there",
        "{place_th} อ้างถึงขั้นตอน (moves) {key} ซึ่งไม่มี",
        "correct its spelling or add it; near are {near}",
        "แก้ตัวสะกดหรือเพิ่มให้มี ที่ใกล้เคียงคือ {near}",
    ),
    Kind(
        "REGISTER_UNKNOWN_REGISTER",
        "{place} names the register {key}, which is not there",
        "{place_th} อ้างถึงทะเบียน {key} ซึ่งไม่มี",
        "correct its spelling or add it; near are {near}",
        "แก้ตัวสะกดหรือเพิ่มให้มี ที่ใกล้เคียงคือ {near}",
    ),
    Kind(
        "REGISTER_UNKNOWN_ROLE",
        "{place} names the role {key}, which is not there",
        "{place_th} อ้างถึงบทบาท {key} ซึ่งไม่มี",
        "correct its spelling or add it; near are {near}",
        "แก้ตัวสะกดหรือเพิ่มให้มี ที่ใกล้เคียงคือ {near}",
    ),
    Kind(
        "REGISTER_UNKNOWN_SYSTEM",
        "{place} names the system {key}, which is not there",
        "{place_th} อ้างถึงระบบงาน {key} ซึ่งไม่มี",
        "correct its spelling or add it; near are {near}",
        "แก้ตัวสะกดหรือเพิ่มให้มี ที่ใกล้เคียงคือ {near}",
    ),
    Kind(
        "REGISTER_UNKNOWN_ITEM",
        "{place} names the item of the assessment {key}, which is not there",
        "{place_th} อ้างถึงข้อประเมินที่มีกุญแจ {key} ซึ่งไม่มี",
        "correct its spelling or add it; near are {near}",
        "แก้ตัวสะกดหรือเพิ่มให้มี ที่ใกล้เคียงคือ {near}",
    ),
    Kind(
        "REGISTER_UNKNOWN_ELEMENT",
        "{place} names the element of the item {key}, which is not there",
        "{place_th} อ้างถึงองค์ประกอบของข้อประเมิน {key} ซึ่งไม่มี",
        "correct its spelling or add it; near are {near}",
        "แก้ตัวสะกดหรือเพิ่มให้มี ที่ใกล้เคียงคือ {near}",
    ),
)

_USE = (
    Kind(
        "REGISTER_UNFIT_FIELD",
        "{place} needs {wanted}; the field {key} is {type}",
        "{place_th} ต้องเป็น{wanted_th} แต่ช่อง {key} เป็นชนิด {type}",
        "name another field, or change its type",
        "อ้างช่องอื่น หรือแก้ชนิดของช่องนั้น",
    ),
    Kind(
        "REGISTER_UNFIT_KEY",
        "the key {key} does not go with {beside}",
        "ช่อง {key} ใช้กับ {beside} ไม่ได้",
        "take it away",
        "ลบออก",
    ),
    Kind(
        "REGISTER_UNFIT_COLUMN",
        "a column of rows cannot be {type}",
        "ช่องในตารางย่อยเป็นชนิด {type} ไม่ได้",
        "use a plain type, or make the field one of the entry",
        "ใช้ชนิดธรรมดา หรือย้ายออกมาเป็นช่องของรายการ",
    ),
    Kind(
        "REGISTER_NO_COLUMN",
        "{place} needs a column of rows as rows.column, not {key}",
        "{place_th} ต้องเขียนเป็น ตารางย่อย.ช่อง ไม่ใช่ {key}",
        "write it as bidders.name",
        "เขียนตามแบบ bidders.name",
    ),
    Kind(
        "REGISTER_ENTRY_OF",
        "{place} must name one register",
        "{place_th} ต้องเป็นรหัสทะเบียนเดียว",
        "write the id of the register, not a list",
        "เขียนรหัสทะเบียนเพียงหนึ่ง ไม่ใช่รายการ",
    ),
    Kind(
        "REGISTER_CONDITION",
        "{place} has {count} tests; a condition has one",
        "{place_th} มีเงื่อนไข {count} ข้อ ต้องมีหนึ่งข้อ",
        "keep one of {known}",
        "เหลือเพียงหนึ่งใน {known}",
    ),
    Kind(
        "REGISTER_VIEW_TEST",
        "a view cannot be told by {key}",
        "แบ่งส่วนของทะเบียนด้วย {key} ไม่ได้",
        "use one of {known}",
        "ใช้หนึ่งใน {known}",
    ),
    Kind(
        "REGISTER_VIEW_FIELD",
        "a view cannot be told by the field {key}, which is {type}",
        "แบ่งส่วนของทะเบียนด้วยช่อง {key} ซึ่งเป็นชนิด {type} ไม่ได้",
        "name a choice, a yes_no or a level; filled may ask any field that the entry itself keeps",
        "อ้างช่องชนิด choice yes_no หรือระดับของ matrix ส่วน filled ใช้ได้กับทุกช่องที่เก็บอยู่ในรายการเอง",
    ),
    Kind(
        "REGISTER_NEVER_EQUAL",
        "{place} compares {key}, which is {type}, with {value}: they are never equal",
        "{place_th} เทียบช่อง {key} ซึ่งเป็นชนิด {type} กับ {value} ซึ่งไม่มีทางเท่ากัน",
        "yes_no is compared with true or false, a number with a number",
        "ชนิด yes_no เทียบกับ true หรือ false ตัวเลขเทียบกับตัวเลข",
    ),
    Kind(
        "REGISTER_RULE_NEEDS",
        "the rule {kind} needs {key}, one of them and once",
        "กฎ {kind} ต้องมี {key} อย่างใดอย่างหนึ่ง",
        "add it",
        "เพิ่มให้ครบ",
    ),
    Kind(
        "REGISTER_FORMULA_COUNT",
        "the formula {formula} of {key} works with {wanted} fields in of",
        "สูตร {formula} ของช่อง {key} ต้องมี of จำนวน {wanted} ช่อง",
        "name as many",
        "แก้ of ให้ครบจำนวน",
    ),
    Kind(
        "REGISTER_CYCLE",
        "{key} is derived from itself: {path}",
        "ช่อง {key} คำนวณวนกลับมาหาตัวเอง: {path}",
        "derive it from fields that are entered",
        "ให้คำนวณจากช่องที่กรอก",
    ),
    Kind(
        "REGISTER_NO_MATRIX",
        "{key} is a level of the matrix, but the file has no matrix",
        "ช่อง {key} เป็นระดับจากตาราง แต่ไฟล์ไม่มี matrix",
        "add matrix with its levels",
        "เพิ่ม matrix พร้อมระดับ",
    ),
    Kind(
        "REGISTER_POINTS_ELSEWHERE",
        "the field {key} of {register} does not point at entries of {id}",
        "ช่อง {key} ของทะเบียน {register} ไม่ได้ชี้มาที่รายการของทะเบียน {id}",
        "name a field of type entry with of: {id}",
        "อ้างช่องชนิด entry ที่ of: {id}",
    ),
    Kind(
        "REGISTER_UNFIT_LOOKUP",
        "lookup starts at a field of type entry; {key} is {type}",
        "lookup ต้องเริ่มจากช่องชนิด entry แต่ {key} เป็น {type}",
        "name a field that points at an entry of a register",
        "อ้างช่องที่ชี้ไปรายการของทะเบียน",
    ),
    Kind(
        "REGISTER_FEED_WITHOUT_DUE",
        "{key} is proved by closed periods, but the register has no due",
        "ข้อ {key} ใช้การปิดรอบเป็นหลักฐาน แต่ทะเบียนไม่มี due",
        "add due, or write when: entries or when: complete",
        "เพิ่ม due หรือเขียน when: entries หรือ when: complete",
    ),
)

_PARTS = (
    Kind(
        "REGISTER_TITLE",
        "the title names no field, or has a brace too many",
        "title ไม่อ้างช่องใด หรือวงเล็บปีกกาไม่ครบคู่",
        "write it as {{item}} จาก {{giver}}",
        "เขียนตามแบบ {{item}} จาก {{giver}}",
    ),
    Kind(
        "REGISTER_SECRET_TITLE",
        "the field {key} is secret and cannot stand in the title",
        "ช่อง {key} เป็นความลับ ใช้ใน title ไม่ได้",
        "name another field, or open it",
        "อ้างช่องอื่น หรือแก้ open ของช่องนี้",
    ),
    Kind(
        "REGISTER_SECRET_COLUMN",
        "the column {key} is secret, but the rows of {field} are shown whole",
        "ช่องย่อย {key} เป็นความลับ แต่ {field} แสดงทั้งแถว",
        "make the whole field secret, or put {key} into a field of its own",
        "ตั้ง {field} เป็นความลับทั้งช่อง หรือแยก {key} เป็นช่องของตัวเอง",
    ),
    Kind(
        "REGISTER_UNIT_BY",
        "unit_by needs a unit; the field {key} is {type}",
        "unit_by ต้องเป็นช่องชนิด unit แต่ช่อง {key} เป็น {type}",
        "name a field of type unit",
        "อ้างช่องชนิด unit",
    ),
    Kind(
        "REGISTER_NOT_A_PERSON",
        "own and kept_from need a person; the field {key} is {type}",
        "own และ kept_from ต้องเป็นช่องชนิด person แต่ช่อง {key} เป็น {type}",
        "name a field of type person",
        "อ้างช่องชนิด person",
    ),
    Kind(
        "REGISTER_NOT_A_PERIOD",
        "no_overlap needs a period; {key} is one day",
        "no_overlap ต้องใช้ช่องชนิด period แต่ {key} เป็นวันเดียว",
        "name a field of type period",
        "อ้างช่องชนิด period",
    ),
    Kind(
        "REGISTER_NOT_PUBLIC",
        "the public table shows {key}, which is not public",
        "ตารางเผยแพร่มีช่อง {key} ซึ่งไม่ได้เปิดเผย",
        "write open: public or open: masked at the field, or take it out of the table",
        "เขียน open: public หรือ open: masked ที่ช่องนั้น หรือนำออกจากตาราง",
    ),
    Kind(
        "REGISTER_TOO_MANY_GROUPS",
        "lists and statistics group by more than {most} fields: {keys}",
        "ตัวกรองและสถิติจัดกลุ่มด้วยช่องเกิน {most} ช่อง: {keys}",
        "leave the least used out of filters, by and where",
        "ตัดช่องที่ใช้น้อยออกจาก filters by และ where",
    ),
    Kind(
        "REGISTER_TOO_MANY_SUMS",
        "statistics sum more than {most} fields: {keys}",
        "สถิติรวมยอดเกิน {most} ช่อง: {keys}",
        "leave the least used out",
        "ตัดช่องที่ใช้น้อยออก",
    ),
    Kind(
        "REGISTER_BOUNDS",
        "{place} goes from {low} down to {high}",
        "{place_th} ค่าต่ำสุด {low} มากกว่าค่าสูงสุด {high}",
        "put low and high the right way round",
        "สลับ low กับ high",
    ),
    Kind(
        "REGISTER_MATRIX",
        "the level {key} must begin at {wanted}, right after {before}",
        "ระดับ {key} ต้องเริ่มที่ {wanted} ต่อจากระดับ {before}",
        "let the levels follow each other from low to high, without a hole",
        "เรียงระดับจากต่ำไปสูง ไม่ซ้อนกันและไม่มีช่องโหว่",
    ),
    Kind(
        "REGISTER_NO_OUTSIDE",
        "{key} is asked of outsiders, but the register has no form for them",
        "ช่อง {key} ถามบุคคลภายนอก แต่ทะเบียนไม่มี outside",
        "add outside with its title_th",
        "เพิ่ม outside พร้อม title_th",
    ),
    Kind(
        "REGISTER_OUTSIDE_ASKS_NOTHING",
        "the form for outsiders asks nothing",
        "แบบฟอร์มของบุคคลภายนอกไม่มีช่องให้กรอก",
        "write outside: true at the fields that outsiders fill in",
        "เขียน outside: true ที่ช่องซึ่งบุคคลภายนอกกรอก",
    ),
    Kind(
        "REGISTER_ANSWER_BY_ASKER",
        "the answer {key} is asked of outsiders too",
        "ช่องคำตอบ {key} ถามบุคคลภายนอกด้วย",
        "take outside: true away from the answer",
        "ลบ outside: true ออกจากช่องคำตอบ",
    ),
    Kind(
        "REGISTER_PATTERN",
        "the pattern of {place} cannot be used: {reason}",
        "pattern ของ {place_th} ใช้ไม่ได้: {reason_th}",
        "write a simpler one",
        "เขียนให้ง่ายลง",
    ),
    Kind(
        "REGISTER_EXAMPLE",
        "{place} would refuse its own example {value}: {reason}",
        "{place_th} ไม่รับตัวอย่างของตนเอง {value}: {reason}",
        "write the example as an office would write the value",
        "เขียนตัวอย่างอย่างที่เจ้าหน้าที่จะกรอก",
    ),
    Kind(
        "REGISTER_RESERVED_KEY",
        "{key} is a word of the platform and cannot be the key of a field",
        "{key} เป็นคำของระบบ ใช้เป็นรหัสช่องไม่ได้",
        "call it otherwise",
        "ใช้รหัสอื่น",
    ),
)

_FLOW = (
    Kind(
        "REGISTER_UNREACHABLE_STATE",
        "nothing leads to the state {key}",
        "ไม่มีขั้นตอนใดพาไปถึงสถานะ {key}",
        "add a move to it, or take it away; the first state is that of a new entry",
        "เพิ่ม moves ที่ไปถึง หรือลบออก สถานะแรกคือสถานะของรายการใหม่",
    ),
    Kind(
        "REGISTER_DEAD_END",
        "no move leads out of the state {key}, and it is not final",
        "ไม่มีขั้นตอนใดออกจากสถานะ {key} และไม่ใช่สถานะสุดท้าย",
        "add a move from it, or write final: true",
        "เพิ่ม moves จากสถานะนี้ หรือเขียน final: true",
    ),
    Kind(
        "REGISTER_NO_DECIDER",
        "nobody may decide: {key}",
        "ไม่มีผู้มีอำนาจพิจารณาในขั้นตอน {key}",
        "add deciders",
        "เพิ่ม deciders",
    ),
)

_WORDING = (
    Kind(
        "REGISTER_HIDDEN_CHARACTER",
        "{place} holds a character that cannot be seen ({mark}): {value}",
        "{place_th} มีอักขระที่มองไม่เห็น ({mark}): {value}",
        "type the text anew",
        "พิมพ์ข้อความใหม่",
    ),
    Kind(
        "REGISTER_BLANK_TEXT",
        "{place} shows nothing",
        "{place_th} ไม่มีข้อความ",
        "write what people are to read",
        "เขียนข้อความที่คนอ่านได้",
    ),
    Kind(
        "REGISTER_FORMULA_TEXT",
        "{place} begins as a formula of a spreadsheet does: {value}",
        "{place_th} ขึ้นต้นเหมือนสูตรของตารางคำนวณ: {value}",
        "let it begin with a letter or digit",
        "ให้ขึ้นต้นด้วยตัวอักษรหรือตัวเลข",
    ),
    Kind(
        "REGISTER_DUPLICATE_HEAD",
        "{value} is a head of {key} and of {other}",
        "{value} เป็นหัวคอลัมน์ของทั้ง {key} และ {other}",
        "let one of them be called otherwise",
        "แก้ให้ต่างกัน",
    ),
    Kind(
        "REGISTER_DUPLICATE_LABEL",
        "{key} and {other} are both called {value}",
        "{key} กับ {other} ใช้ชื่อเดียวกันคือ {value}",
        "let one of them be called otherwise",
        "แก้ให้ต่างกัน",
    ),
    Kind(
        "REGISTER_ID_TAKEN",
        "{file} is register {key} from {since} already",
        "ไฟล์ {file} เป็นทะเบียน {key} ตั้งแต่ปี {since} อยู่แล้ว",
        "give it another id, or a later since if it is a new edition",
        "ใช้ id อื่น หรือถ้าเป็นฉบับใหม่ให้ระบุ since ปีที่หลังกว่า",
    ),
    Kind(
        "REGISTER_ID_SHIPPED",
        "{key} is the id of a register that is shipped (since {since})",
        "{key} เป็นรหัสของทะเบียนที่มีมากับระบบ (since {since})",
        "give it another id, or a later since if the office keeps it in its own way from that year on",
        "ใช้ id อื่น หรือถ้าจะใช้แทนตั้งแต่ปีใด ให้ระบุ since เป็นปีนั้น",
    ),
)

KINDS: dict[str, Kind] = {each.code: each for each in (*_SHAPE, *_NAMES, *_USE, *_PARTS, *_FLOW, *_WORDING)}


def fault(code: str, where: Where, /, **words: object) -> Problem:
    """Make the Problem of a code; words: what its templates name."""
    kind = KINDS[code]
    if "place" in words:
        words = {**words, "place_th": "ไฟล์" if words["place"] == WHOLE_FILE else words["place"]}
    return Problem(
        code=code,
        severity=kind.severity,
        message=kind.message.format(**words),
        message_th=kind.message_th.format(**words),
        where=where,
        mend=kind.mend.format(**words),
        mend_th=kind.mend_th.format(**words),
    )
