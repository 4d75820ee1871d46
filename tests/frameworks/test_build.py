from prongsai.frameworks.build import fill_years, known_placeholder


def test_fill_years_puts_the_years_in() -> None:
    assert fill_years("ปี {year} {year-1} {year+1}", 2569) == "ปี 2569 2568 2570"


def test_fill_years_leaves_other_braces() -> None:
    assert fill_years("{ปี} {} {year-2}", 2569) == "{ปี} {} {year-2}"


def test_known_placeholder_knows_three() -> None:
    assert [name for name in ("year", "year-1", "year+1", "year-2", "") if known_placeholder(name)] == [
        "year",
        "year-1",
        "year+1",
    ]
