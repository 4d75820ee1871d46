import pytest

from prongsai.web.evidence.names import LENGTH_MAX, clean_name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\รายงาน.pdf", "รายงาน.pdf"),
        ("../../", "ไฟล์"),
        ("รายงาน\x00\r\n.pdf", "รายงาน.pdf"),
        ("รายงาน\u202efdp.exe", "รายงานfdp.exe"),
        ("a\u200bb\u2028c.pdf", "abc.pdf"),
        ('ก<>:"|?*ข.pdf', "กข.pdf"),
        ("  รายงาน   ปี  2569 .pdf", "รายงาน ปี 2569 .pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("lpt1", "_lpt1"),
        ("nul.tar.gz", "_nul.tar.gz"),
        ("...", "ไฟล์"),
        ("", "ไฟล์"),
        ("ค\u0e4d\u0e32สั่ง.pdf", "คำสั่ง.pdf"),
        ("Q&A 'ถาม–ตอบ'.pdf", "Q&A 'ถาม–ตอบ'.pdf"),
    ],
)
def test_names_lose_what_could_hurt_and_keep_their_words(name, expected):
    assert clean_name(name) == expected


def test_long_names_keep_their_suffix():
    kept = clean_name("ก" * 500 + ".pdf")
    assert (len(kept), kept[-5:]) == (LENGTH_MAX, "ก.pdf")


def test_name_gets_the_suffix_of_what_was_found():
    assert clean_name("ภาพ.pdf", (".jpg", ".jpeg")) == "ภาพ.pdf.jpg"
    assert clean_name("ภาพ.JPEG", (".jpg", ".jpeg")) == "ภาพ.JPEG"
    assert clean_name("รายงาน ฉบับที่ 1.2", (".pdf",)) == "รายงาน ฉบับที่ 1.2.pdf"
