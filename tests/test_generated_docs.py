"""The generated reference pages say what the code says."""

from docs.generate import REFERENCE, stale

from prongsai.reports.lint.run import rules


def test_generated_pages_are_fresh() -> None:
    assert stale() == []


def test_rules_page_holds_every_rule() -> None:
    page = (REFERENCE / "rules.md").read_text(encoding="utf-8")
    assert [rule.code for rule in rules() if f"| `{rule.code}` |" not in page] == []


def test_every_rule_says_what_it_finds_and_how_to_mend_it_in_both_languages() -> None:
    for rule in rules():
        assert all((rule.summary, rule.summary_th, rule.mend, rule.mend_th)), rule.code
        assert any("\u0e01" <= letter <= "\u0e5b" for letter in rule.summary_th), rule.code
