import pytest

from docpipe.standards.countries import COUNTRIES, country


def test_all_249_countries_are_there_once_and_in_order():
    assert len(COUNTRIES) == 249
    assert list(COUNTRIES) == sorted(COUNTRIES)
    assert len({each.name_en for each in COUNTRIES.values()}) == 249
    assert len({each.name_zh for each in COUNTRIES.values()}) == 249


def test_every_code_is_two_capitals_and_every_name_is_tidy():
    for code, each in COUNTRIES.items():
        assert code == each.code
        assert len(code) == 2 and code.isascii() and code.isupper()
        for name in (each.name_en, each.name_zh):
            assert name and name == name.strip() and "|" not in name
        assert not each.name_zh.isascii()


@pytest.mark.parametrize(
    ("code", "name_en", "name_zh"),
    [
        ("NO", "Norway", "挪威"),
        ("CN", "China", "中国"),
        ("CL", "Chile", "智利"),
        ("KE", "Kenya", "肯尼亚"),
        ("KW", "Kuwait", "科威特"),
        ("PL", "Poland", "波兰"),
        ("JP", "Japan", "日本"),
        ("HK", "Hong Kong, China", "中国香港"),
    ],
)
def test_countries_are_named_in_both_languages(code, name_en, name_zh):
    it = country(code)
    assert it is not None
    assert (it.code, it.name_en, it.name_zh) == (code, name_en, name_zh)


@pytest.mark.parametrize("code", ["UK", "no", "XK", "EU", "", "False"])
def test_what_is_no_country_code_is_refused(code):
    with pytest.raises(ValueError, match="ISO 3166"):
        country(code)
