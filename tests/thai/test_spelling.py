import pytest

from prongsai.thai.spelling import find_misspellings, impossible_clusters, rules
from tests.thai.hostile import assert_quick


def found(text: str) -> list[tuple[str, str]]:
    return [(one.wrong, one.right) for one in find_misspellings(text)]


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("ตามมาตราการส่งเสริม", "มาตราการ", "มาตรการ"),
        ("โทรศัพท ๐-๓๖๐๐-๐๐๐๐", "โทรศัพท", "โทรศัพท์"),
        ("ข้อมูลในสวนงานตนเอง", "สวนงาน", "ส่วนงาน"),
        ("จัดทำกรประเมิน", "จัดทำกร", "จัดทำการ"),
        ("สื่อวรรณรงค์", "วรรณรงค์", "รณรงค์"),
        ("เพื่อปรุงปรุงข่าวสาร", "ปรุงปรุง", "ปรับปรุง"),
        ("การจัดหาพัสดุนบนเว็บไซต์", "พัสดุน", "พัสดุ"),
        ("เทศบัญัติ", "เทศบัญัติ", "เทศบัญญัติ"),
        ("พรก.กฏหมาย", "กฏหมาย", "กฎหมาย"),
        ("เว็ปไซต์", "เว็ปไซต์", "เว็บไซต์"),
        ("บุคคลากรในสังกัด", "บุคคลากร", "บุคลากร"),
        ("ต่อต้านการทุจริตการทุจริตประจำปี", "การทุจริตการทุจริต", "การทุจริต"),
        ("ดำเนินงานป้องกันการป้องกันการทุจริต", "ป้องกันการป้องกันการ", "ป้องกันการ"),
    ],
)
def test_find_misspellings_finds_terms_and_doubled_words(text: str, wrong: str, right: str) -> None:
    assert found(text) == [(wrong, right)]


@pytest.mark.parametrize(
    "text",
    [
        "มาตรการส่งเสริมคุณธรรมและความโปร่งใส",
        "โทรศัพท์ โทรศัพท์มือถือ",
        "คนสวนงานสวนสาธารณะ",
        "จัดทำกรอบการประเมินและจัดทำกรณีศึกษา",
        "ของกรมส่งเสริมการปกครองท้องถิ่น ของกรรมการ ของกระทรวง",
        "พัสดุในคลัง พัสดุนี้ พัสดุนอกแผน",
        "สถานการศึกษาและสถานการณ์",
        "ดำเนินการในการให้บริการ",
        "ต่าง ๆ และอื่น ๆ เป็นระยะ ๆ",
        "รณรงค์ปลูกจิตสำนึก",
        "อำนาจหน้าที่ของกำนัน ผู้ใหญ่บ้าน",
        "ผลสัมฤทธิ์ตามเป้าหมายและผลลัพธ์",
        "รามเกียรติ์ ไปรษณียบัตร",
        "No Gift Policy ๒๕๖๙๒๕๖๙",
        "",
    ],
)
def test_find_misspellings_leaves_right_words_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "พัฒนาศักยภาพพนักงานจ้าง", "สำหรับบริการประชาชน", "ผู้รับผิดชอบบริหารงาน", "ความโปร่งใสสร้างความเชื่อมั่น", "นโยบายยกระดับคุณภาพ",
        "จิตสำนึกกลุ่มเป้าหมาย", "ขั้นตอนนโยบาย", "ผลประโยชน์ทับซ้อนนอกหน่วยงาน", "ธรรมาภิบาลลดความเสี่ยง", "ความพึงพอใจจริง",
        "วินัยยกเว้น", "รายงานสถานการคลัง", "งานบุคลการคลัง",
    ],
)  # fmt: skip
def test_find_misspellings_leaves_a_letter_that_begins_the_next_word(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("ศักยภาพพและความรู้", "ศักยภาพพ"),
        ("สำหรับบการประชุม", "สำหรับบ"),
        ("ความโปร่งใสสในการทำงาน", "โปร่งใสส"),
        ("นโยบายยที่ประกาศ", "นโยบายย"),
        ("ขั้นตอนนการให้บริการ", "ขั้นตอนน"),
        ("วินัยย", "วินัยย"),
        ("สถานการปัจจุบัน", "สถานการ"),
        ("บุคลการในสังกัด", "บุคลการ"),
        ("จิตสำนึกก 2568", "จิตสำนึกก"),
    ],
)
def test_find_misspellings_finds_a_letter_that_begins_no_word(text: str, wrong: str) -> None:
    assert [one for one, _ in found(text)] == [wrong]


def test_places_are_those_of_the_text() -> None:
    text = "ก มาตราการ ข มาตราการ"
    assert [text[one.start : one.end] for one in find_misspellings(text)] == ["มาตราการ", "มาตราการ"]
    assert [one.kind for one in find_misspellings("มาตราการ การทุจริตการทุจริต")] == ["term", "doubled"]


def test_there_are_enough_rules_each_with_its_own_wrong_form() -> None:
    assert len(rules()) > 150
    assert len({rule.wrong for rule in rules()}) == len(rules())
    assert all(rule.wrong != rule.right for rule in rules())


def test_every_rule_finds_its_wrong_form_and_no_right_form_breaks_a_rule() -> None:
    for rule in rules():
        assert rule.wrong in {one.wrong for one in find_misspellings(rule.wrong)}
        assert found(rule.right) == []
        for word in rule.unless:
            assert rule.wrong not in {one.wrong for one in find_misspellings(word)}


def test_the_dictionary_holds_next_to_no_misspelling() -> None:
    from pythainlp.corpus import thai_words

    known = thai_words()
    flagged = {word for word in known if any(one.kind == "term" for one in find_misspellings(word))}
    assert len(flagged) <= 15, sorted(flagged)  # they are real slips: กระทันหัน, ลายเซ็นต์, เวปไซต์ …


@pytest.mark.parametrize(
    ("text", "cluster", "why"),
    [
        ("แก้้ไข", "ก้้", "the same mark twice"),
        ("สุนี๋ย", "นี๋", "this tone mark stands on middle consonants only"),
        ("ค๊ะ", "ค๊", "this tone mark stands on middle consonants only"),
        ("อยุูธยา", "ยุู", "two vowels on one consonant"),
        ("เก่้า", "ก่้", "two tone marks on one consonant"),
        ("สิทธ์่", "ธ์่", "a silenced consonant with another mark"),
        ("่าง", "่", "a mark without a consonant"),
        ("าิ", "ิ", "a mark without a consonant"),
    ],
)
def test_impossible_clusters_names_the_cluster_and_the_reason(text: str, cluster: str, why: str) -> None:
    (one,) = impossible_clusters(text)
    assert (one.text, one.why, text[one.start : one.end]) == (cluster, why, cluster)
    assert one.why_th


@pytest.mark.parametrize("text", ["สิทธิ์ พันธุ์ ศักดิ์สิทธิ์", "กว๊านพะเยา กร๊อบ จ๋า โต๊ะ ปร๋อ ต๋อย", "น้ำ เก็บ นั้น ก็", "ที่นี่ ๒๕๖๙", ""])
def test_impossible_clusters_leaves_thai_alone(text: str) -> None:
    assert impossible_clusters(text) == []


def test_the_dictionary_is_nearly_free_of_impossible_clusters() -> None:
    from pythainlp.corpus import thai_words

    flagged = [word for word in thai_words() if impossible_clusters(word)]
    assert len(flagged) < 60  # loan words and cries with a tone mark the rules do not know


def test_spelling_takes_linear_time_on_hostile_text() -> None:
    find_misspellings("การทุจริตการทุจริต")  # the dictionary is read once
    texts = [
        "การ" * 60_000,
        "ก" * 200_000,
        "กขคงจ" * 40_000,
        "่" * 200_000,
        "มาตราการ " * 20_000,
        "สำหรับบริการ " * 15_000,
        "ขั้นตอนนโยบาย" * 5_000,
    ]
    for read in (find_misspellings, impossible_clusters):
        assert_quick(read, texts)
