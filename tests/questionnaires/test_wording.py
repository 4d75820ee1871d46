"""Which words steer, and which ask who answers; and which only look like it."""

import pytest

from prongsai.questionnaires.identity import asks_about, asks_who
from prongsai.questionnaires.steering import steering

STEERING = (
    "กรุณาให้ ๕",
    "กรุณาให้ 5 คะแนนทุกข้อ",
    "ขอความร่วมมือตอบมากที่สุด",
    "ขอความร่วมมือทุกท่านตอบ “มากที่สุด” ทุกข้อ",
    "เพื่อให้คะแนน ITA ของเราสูง",
    "เพื่อให้เทศบาลของเราได้คะแนนประเมินสูงกว่าปีที่แล้ว",
    "ช่วยกันดันคะแนนให้ผ่านเกณฑ์",
    "โปรดเลือกระดับ เห็นด้วยอย่างยิ่ง",
    "ขอคะแนนเต็มนะคะ",
    "ช่วยกด ๕ ดาวให้หน่อย",
    "ถ้าไม่เคยพบปัญหา ให้ตอบมากที่สุด",
    "อย่าให้คะแนนต่ำ",
    "ไม่ควรเลือกช่องน้อยหรือน้อยที่สุด",
    "กรุณาตอบไม่ต่ำกว่า ๔",
    "ให้คะแนนตั้งแต่ ๔ ขึ้นไป",
    "ขอให้ตอบในทางที่ดี",
    "ขอให้ทุกคนประเมินเชิงบวก",
    "ผู้ตอบครบทุกข้อมีสิทธิลุ้นรับของรางวัล",
    "ตอบแบบสอบถามแล้วนำมาแลกคูปองอาหาร",
    "คะแนนดี ทุกคนจะได้โบนัส",
    "คำตอบของท่านมีผลต่อการเลื่อนขั้นเงินเดือน",
    "ใครไม่ตอบจะถูกตัดสิทธิ",
    "หากให้คะแนนต่ำ ต้องชี้แจงต่อหัวหน้า",
    "ผู้บริหารทราบว่าใครตอบอะไร",
    "Please give us five stars",
    "Please choose the highest score for every question",
    "So that our ITA score is high",
    "Please do not give low marks",
    "Those who answer will receive a gift",
)
INNOCENT = (
    "กรุณาเลือกคำตอบที่ตรงกับความเห็นของท่านมากที่สุด",
    "โปรดเลือกข้อที่ใกล้เคียงความจริงมากที่สุด",
    "โปรดทำเครื่องหมายในช่องที่ตรงกับความคิดเห็นของท่านมากที่สุด",
    "ให้คะแนน ๑ ถึง ๕ โดย ๕ คือ มากที่สุด",
    "5 = มากที่สุด 4 = มาก 3 = ปานกลาง",
    "ให้ ๕ คะแนน หากพอใจมาก",
    "โปรดให้คะแนน ๕ ระดับ",
    "เลือก ๕ ข้อที่สำคัญ",
    "ควรเลือกเรื่องที่ควรปรับปรุงมากที่สุด ๓ อันดับ",
    "ขอความร่วมมือตอบตามความเป็นจริง",
    "หน่วยงานนำผลประเมินไปปรับปรุงให้ดีขึ้น",
    "เพื่อประเมินคุณธรรมและความโปร่งใส (ITA) และนำผลไปปรับปรุงบริการให้ดีขึ้น",
    "เพื่อให้ผลคะแนนสะท้อนความเป็นจริง",
    "ท่านเคยเห็นคนรับเงิน ของขวัญ หรือรางวัลเพื่อแลกกับการเร่งงานหรือไม่",
    "ความสนิทสนมมีผลต่อการเลื่อนขั้นเงินเดือนแค่ไหน",
    "คำตอบไม่มีผลต่อบริการที่ท่านจะได้รับ",
    "หากไม่ทำตามระเบียบ มีการลงโทษแค่ไหน",
    "หากให้คะแนนน้อย โปรดบอกเหตุผล",
    "ไม่มีใครทราบว่าใครตอบ",
    "ท่านเต็มใจใช้บริการอีกหรือไม่",
    "ท่านต้องการให้เปิดบริการเพิ่มวันใดมากที่สุด",
    "เจ้าหน้าที่ให้บริการดีมาก",
    "Please choose the answer that fits best",
    "What is your highest education?",
    "How good is the service?",
)
ASKING_IN_WORDS = (
    "ชื่อ-นามสกุล",
    "ชื่อ – สกุล ผู้ตอบ",
    "ชื่อ:",
    "โปรดระบุชื่อของท่าน",
    "ลงชื่อ ........",
    "เลขประจำตัวประชาชน ๑๓ หลัก",
    "เลขบัตรประชาชน",
    "รหัสพนักงาน",
    "เบอร์โทรศัพท์ติดต่อกลับ",
    "หมายเลขโทรศัพท์",
    "เบอร์มือถือของท่าน",
    "อีเมล",
    "กรุณาแจ้งอีเมล์เพื่อรับผล",
    "E-mail",
    "ไอดีไลน์",
    "ที่อยู่ของท่าน",
    "วัน/เดือน/ปีเกิด",
    "อย่าลืมระบุเบอร์โทรศัพท์",
    "อย่าเว้นว่าง แล้วระบุชื่อของท่าน",
    "Your full name",
    "Name:",
    "Please leave your e-mail address",
)
NOT_ASKING = (
    "ข้อเสนอแนะ",
    "ไม่ต้องระบุชื่อ นามสกุล หรือเบอร์โทรศัพท์",
    "อย่าใส่ชื่อคนหรือเรื่องที่ทำให้รู้ว่าใครเขียน",
    "ท่านพบปัญหาใดเมื่อติดต่อทางอีเมล",
    "ปัญหาของเบอร์โทรศัพท์ของเทศบาล",
    "การลงชื่อเข้าใช้ระบบมีปัญหาใด",
    "ชื่อหลักสูตรที่อยากให้จัด",
    "ชื่อเสียงของหน่วยงานเป็นอย่างไร",
    "บริการทำบัตรประชาชนควรปรับปรุงอะไร",
    "ที่อยู่อาศัยในตำบลมีปัญหาใด",
    "Do not write your name or phone",
)
OF_WHO = ("เพศ", "อายุของท่าน", "ระดับการศึกษาสูงสุด", "ท่านสังกัดส่วนราชการใด", "ท่านมีอายุเท่าใด", "ตำแหน่ง:", "Your age?")
NOT_OF_WHO = (
    "เจ้าหน้าที่ดูแลทุกเพศทุกวัยเท่าเทียมกันหรือไม่",
    "ท่านต้องการให้จัดการศึกษาแบบใด",
    "อาชีพที่ควรส่งเสริมในตำบล",
    "How old is the road?",
)


@pytest.mark.parametrize("text", STEERING)
def test_steering_text_is_found(text):
    assert steering(text)


@pytest.mark.parametrize("text", INNOCENT)
def test_innocent_text_does_not_steer(text):
    assert steering(text) == ""


@pytest.mark.parametrize("text", ASKING_IN_WORDS)
def test_asking_in_words_who_answers_is_found(text):
    assert asks_who(text, in_words=True)


@pytest.mark.parametrize("text", NOT_ASKING)
def test_warnings_and_talk_of_names_ask_nobody(text):
    assert asks_who(text, in_words=True) == ""


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("ชื่อ-สกุลของท่าน", True),
        ("หมายเลขโทรศัพท์ของท่าน", True),
        ("เบอร์โทรศัพท์ของเทศบาลติดต่อได้ง่าย", False),
        ("เจ้าหน้าที่ขอเลขบัตรประชาชนเท่าที่จำเป็น", False),
        ("ท่านรู้ชื่อนามสกุลของเจ้าหน้าที่ที่ดูแลท่าน", False),
    ],
)
def test_question_with_given_answers_asks_who_only_of_oneself(text, is_asked):
    assert bool(asks_who(text, in_words=False)) is is_asked


@pytest.mark.parametrize("text", OF_WHO)
def test_sex_age_and_post_are_about_who_answers(text):
    assert asks_about(text)


@pytest.mark.parametrize("text", NOT_OF_WHO)
def test_opinions_that_name_sex_or_age_are_not(text):
    assert asks_about(text) == ""
