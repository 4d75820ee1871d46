"""What checking a letter can find, as Problems: one table of sentences, English and Thai, with what to do."""

from collections.abc import Mapping

from prongsai.errors import Problem, Severity, Where

Sentence = tuple[Severity, str, str, str]  # severity, message, message_th, mend_th

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO
_DO_NOT_USE = "อย่าใช้หนังสือฉบับนี้อ้างอิง แจ้งหน่วยงานให้เทียบกับสำเนาสำรองและบันทึกการใช้งาน"
_REGISTER = "ให้งานการเจ้าหน้าที่เทียบทะเบียนการดำรงตำแหน่งกับคำสั่งฉบับจริง"

SENTENCES: Mapping[str, Sentence] = {
    # what was asked
    "LETTER_UNKNOWN": (
        _E, "no letter of this platform has the code {code}", "ไม่มีหนังสือที่ใช้รหัส {code} ในระบบนี้",
        "ตรวจตัวอักษรและตัวเลขของรหัสในกรอบท้ายหนังสืออีกครั้ง ถ้ายังไม่พบ ให้ถามหน่วยงานที่ออกหนังสือ",
    ),
    "LETTER_FILE_UNKNOWN": (
        _E, "the file is no letter that was signed here, and bears no code",
        "ไฟล์นี้ไม่ใช่หนังสือที่ลงนามในระบบนี้ และไม่มีรหัสตรวจสอบอยู่ในไฟล์",
        "ใช้ไฟล์ที่หน่วยงานส่งให้โดยตรง หรือพิมพ์รหัสจากกรอบท้ายหนังสือ",
    ),
    "LETTER_FILE_DIFFERS": (
        _E, "the code {code} belongs to this letter, but this file is not the one that was signed",
        "รหัส {code} เป็นของหนังสือฉบับนี้ แต่ไฟล์นี้ไม่ใช่ฉบับที่ลงนาม อาจถูกแก้ไข",
        "อย่าเชื่อข้อความในไฟล์นี้ ขอไฟล์จากหน่วยงาน แล้วตรวจอีกครั้ง",
    ),
    "LETTER_NOT_SIGNED": (
        _I, "the letter is not signed by everybody yet", "หนังสือนี้ยังลงนามไม่ครบ จึงยังไม่มีผล", "รอจนลงนามครบแล้วตรวจอีกครั้ง",
    ),
    "LETTER_REPLACED": (
        _I, "a newer letter takes the place of this one", "มีหนังสือฉบับใหม่แทนฉบับนี้แล้ว", "ขอฉบับใหม่จากหน่วยงาน",
    ),
    # what it says
    "LETTER_TEXT_CHANGED": (
        _E, "the text is not the one that was signed", "ข้อความของหนังสือไม่ตรงกับที่ลงนาม ถูกแก้หลังลงนาม", _DO_NOT_USE,
    ),
    "LETTER_ATTACHMENT_SWAPPED": (
        _E, "attachment {name} is not the one that was signed with the letter",
        "สิ่งที่ส่งมาด้วย “{name}” ไม่ตรงกับรายการที่ลงนาม", "ใช้สิ่งที่ส่งมาด้วยจากสำเนาสำรองที่มีค่าแฮชตรงกัน แล้วแจ้งหน่วยงาน",
    ),
    "LETTER_ATTACHMENT_BYTES": (
        _E, "the bytes of attachment {name} are missing or changed", "ไฟล์สิ่งที่ส่งมาด้วย “{name}” หายหรือถูกแก้",
        "กู้ไฟล์จากสำเนาสำรอง",
    ),
    "LETTER_ERASED": (
        _W, "the file {name} was erased for somebody's privacy", "ไฟล์ “{name}” ถูกลบเพื่อคุ้มครองข้อมูลส่วนบุคคล เหลือเพียงค่าแฮช",
        "ดูเหตุผลในบันทึกการใช้งาน",
    ),
    "LETTER_PAPER_MISSING": (
        _E, "the signed paper ({form}) is not kept", "ไม่มีไฟล์ฉบับลงนาม ({form}) ในระบบ", "กู้ฐานข้อมูลจากสำเนาสำรอง",
    ),
    "LETTER_PAPER_BYTES": (
        _E, "the bytes of the signed paper ({form}) are missing or changed", "ไฟล์ฉบับลงนาม ({form}) ที่เก็บไว้หายหรือถูกแก้",
        "กู้ไฟล์จากสำเนาสำรอง",
    ),
    "LETTER_SEAL_BROKEN": (
        _E, "the seal over the whole letter does not fit what stands now",
        "ค่าผนึกของหนังสือทั้งฉบับไม่ตรงกับที่มีอยู่ตอนนี้ (เลขที่ วันที่ ข้อความ ลายมือชื่อ สิ่งที่ส่งมาด้วย หรือไฟล์ถูกเปลี่ยน)", _DO_NOT_USE,
    ),
    # who signed, in what order
    "LETTER_SIGNATURE_CHANGED": (
        _E, "the signature of {name} was changed after it was given",
        "ลายมือชื่อหรือความเห็นของ {name} ถูกแก้หลังลงนาม (ผล ความเห็น ฐานะ วันเวลา หรือวิธี)", _DO_NOT_USE,
    ),
    "LETTER_CHAIN_BROKEN": (
        _E, "the signature of {name} does not follow the one before it",
        "ลายมือชื่อของ {name} ไม่ต่อจากลายมือชื่อก่อนหน้า อาจมีการลบหรือแทรก", _DO_NOT_USE,
    ),
    "LETTER_OTHER_TEXT": (
        _E, "{name} signed another text than the one that stands", "{name} ลงนามในข้อความคนละฉบับกับที่ใช้อยู่",
        "เสนอให้ลงนามในข้อความปัจจุบันใหม่",
    ),
    "LETTER_STEP_MISSING": (
        _E, "nobody signed at step {place} ({step})", "ไม่มีการลงนามในลำดับที่ {place} ({step})", _DO_NOT_USE,
    ),
    "LETTER_STEP_GAP": (
        _E, "the steps of the letter are not complete",
        "ลำดับการเสนอไม่ครบ: ต้องเริ่มที่ผู้จัดทำ จบที่ผู้สั่งการ และไม่ข้ามลำดับ", _DO_NOT_USE,
    ),
    "LETTER_STEP_ORDER": (
        _E, "{name} signed out of turn", "{name} ลงนามข้ามลำดับการเสนอ", _DO_NOT_USE,
    ),
    "LETTER_DECISION": (
        _E, "the decision of {name} ({decision}) does not make a signed letter",
        "ผลของ {name} คือ “{decision}” ซึ่งไม่ทำให้หนังสือมีผล", _DO_NOT_USE,
    ),
    # when
    "LETTER_TIME_BACK": (
        _E, "{name} signed before {before}, who comes earlier in the chain", "{name} ลงนามก่อน {before} ซึ่งอยู่ลำดับก่อนหน้า",
        "ตรวจวันที่และเวลาลงนามกับบันทึกการใช้งาน",
    ),
    "LETTER_BACK_DATED": (
        _E, "the signature of {name} bears {day}, but was given on {at}",
        "ลายมือชื่อของ {name} ลงวันที่ {day} แต่ลงนามจริงวันที่ {at}", "ตรวจวันที่และเวลาลงนามกับบันทึกการใช้งาน",
    ),
    # with what right
    "LETTER_SIGNER_OUT_OF_OFFICE": (
        _E, "{name} could not sign on {day}: {why}", "{name} ไม่มีอำนาจลงนามในวันที่ {day}: {why}", _REGISTER,
    ),
    "LETTER_SIGNER_OTHER": (
        _E, "{name} signed at a step that is of {step}", "{name} ลงนามในลำดับของ {step} โดยทะเบียนไม่ได้แต่งตั้งไว้", _REGISTER,
    ),
    "LETTER_SIGNER_NAME": (
        _W, "the register now calls the signer {now}, the paper {name}",
        "ทะเบียนบุคลากรเรียกผู้ลงนามว่า {now} แต่ในหนังสือคือ {name}",
        "ปกติเมื่อเปลี่ยนชื่อหรือคำนำหน้าหลังลงนาม ถ้าไม่ใช่ ให้ตรวจกับบันทึกการใช้งาน",
    ),
    "LETTER_DRAFTER_DECIDES": (
        _E, "{name} drafted the letter and decided on it", "{name} เป็นทั้งผู้จัดทำและผู้ลงนามสั่งการ", "เสนอให้ผู้มีอำนาจคนอื่นลงนาม",
    ),
    "LETTER_NOT_TOP": (
        _E, "{name} was not the top executive on {day}",
        "{name} ไม่ใช่ผู้บริหารสูงสุดในวันที่ {day} หนังสือชนิดนี้ต้องให้ผู้บริหารสูงสุดลงนาม", _REGISTER,
    ),
    # its place in the register
    "LETTER_NUMBER_MISSING": (
        _E, "the letter has no number or no day", "หนังสือไม่มีเลขที่หรือวันที่ในทะเบียน", _DO_NOT_USE,
    ),
    "LETTER_NUMBER_WRONG": (
        _E, "number {number} does not stand in the register as used by this letter: {why}",
        "เลขที่ {number} ในทะเบียนไม่ตรงกับหนังสือนี้: {why}", "ให้งานสารบรรณเทียบทะเบียนเลขหนังสือ",
    ),
    # the journal
    "LETTER_JOURNAL_DIFFERS": (
        _E, "the journal does not tell of {what} as it stands", "บันทึกการใช้งานไม่มี{what}ตามที่เป็นอยู่ อาจถูกทำขึ้นใหม่ในฐานข้อมูล",
        _DO_NOT_USE,
    ),
    "LETTER_JOURNAL_GONE": (
        _E, "the journal tells of a signature that is not there any more ({number})",
        "บันทึกการใช้งานรายการที่ {number} มีการลงนามที่ไม่อยู่ในหนังสือแล้ว ถูกลบหรือถูกแทน", _DO_NOT_USE,
    ),
    "LETTER_JOURNAL_BROKEN": (
        _E, "the journal itself was changed at entry {number}", "บันทึกการใช้งานรายการที่ {number} ถูกแก้หรือถูกลบ",
        "เทียบกับใบสรุปบันทึกรายวันที่พิมพ์ไว้ และกู้จากสำเนาสำรอง",
    ),
}  # fmt: skip


def fault(code: str, /, *, file: str | None = None, **words: object) -> Problem:
    """Give the Problem of a code; words fill its sentences."""
    severity, message, message_th, mend_th = SENTENCES[code]
    said = {name: str(word) for name, word in words.items()}
    return Problem(code, severity, message.format(**said), message_th.format(**said), Where(file=file), mend_th=mend_th)
