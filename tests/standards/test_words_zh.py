from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docpipe.standards.currencies import CURRENCY_NAMES_ZH
from docpipe.standards.words_zh import say

D = Decimal


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("1409.50", "人民币壹仟肆佰零玖元伍角"),
        ("6007.14", "人民币陆仟零柒元壹角肆分"),
        ("1680.32", "人民币壹仟陆佰捌拾元零叁角贰分"),
        ("107000.53", "人民币壹拾万柒仟元零伍角叁分"),
        ("16409.02", "人民币壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "人民币叁佰贰拾伍元零肆分"),
    ],
)
def test_the_official_examples_hold(amount, words):
    assert say(D(amount), "CNY") == words


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        ("0", "CNY", "人民币零元整"),
        ("0.50", "CNY", "人民币伍角"),
        ("0.05", "CNY", "人民币伍分"),
        ("10.50", "CNY", "人民币壹拾元零伍角"),
        ("100000007", "CNY", "人民币壹亿零柒元整"),
        ("100070000", "CNY", "人民币壹亿零柒万元整"),
        ("1000000000000", "CNY", "人民币壹万亿元整"),
        ("1000100000001", "CNY", "人民币壹万零壹亿零壹元整"),
        ("27600.00", "USD", "美元贰万柒仟陆佰元整"),
        ("58320", "EUR", "欧元伍万捌仟叁佰贰拾元整"),
        ("6840000", "JPY", "日元陆佰捌拾肆万元整"),
        ("4938.000", "KWD", "科威特第纳尔肆仟玖佰叁拾捌元整"),
        ("10.864", "KWD", "科威特第纳尔壹拾元零捌佰陆拾肆菲尔士"),
        ("11.864", "KWD", "科威特第纳尔壹拾壹元捌佰陆拾肆菲尔士"),
        ("1.050", "KWD", "科威特第纳尔壹元零伍拾菲尔士"),
        ("1.100", "KWD", "科威特第纳尔壹元壹佰菲尔士"),
        ("1.099", "KWD", "科威特第纳尔壹元零玖拾玖菲尔士"),
        ("11000", "CNY", "人民币壹万壹仟元整"),
        ("10950", "CNY", "人民币壹万零玖佰伍拾元整"),
        ("0.005", "OMR", "阿曼里亚尔伍派沙"),
    ],
)
def test_zeros_and_other_currencies(amount, currency, words):
    assert say(D(amount), currency) == words


@pytest.mark.parametrize(
    ("amount", "currency"),
    [("-1", "CNY"), ("0.001", "CNY"), ("1e16", "CNY"), ("1", "CLF"), ("1", "?"), ("NaN", "CNY")],
)
def test_what_has_no_form_is_refused(amount, currency):
    with pytest.raises(ValueError, match=r"Chinese|ISO 4217|figure"):
        say(D(amount), currency)


def test_every_payable_currency_has_a_form():
    for code in CURRENCY_NAMES_ZH.keys() - {"CLF", "UYW"}:
        assert say(D(1), code).endswith("壹元整")


@given(st.integers(0, 10**18 - 1))
@example(10**18 - 1)
@example(10**17)
def test_capitals_agree_with_a_slow_speller(fen):
    assert say(D(fen).scaleb(-2), "CNY") == spell(fen)


@given(st.integers(0, 10**18 - 1))
def test_capitals_read_back_as_the_same_amount(fen):
    assert read(say(D(fen).scaleb(-2), "CNY")) == fen


DIGITS = "零壹贰叁肆伍陆柒捌玖"


def spell(fen):
    """From the digits and their places alone, by the wording of the rules."""
    whole, cents = divmod(fen, 100)
    jiao, fen_digit = divmod(cents, 10)
    if not cents:
        return f"人民币{spell_whole(whole) or '零'}元整"
    gap = "零" if whole and (jiao == 0 or whole % 10 == 0) else ""
    return (
        "人民币"
        + (f"{spell_whole(whole)}元" if whole else "")
        + gap
        + (f"{DIGITS[jiao]}角" if jiao else "")
        + (f"{DIGITS[fen_digit]}分" if fen_digit else "")
    )


def spell_whole(whole):
    places = {place: int(d) for place, d in enumerate(reversed(str(whole))) if d != "0"}
    text, above = "", None
    for place in sorted(places, reverse=True):
        if above is not None and above > place + 1 and not zero_left_out(above, place):
            text += "零"
        text += DIGITS[places[place]] + ("", "拾", "佰", "仟")[place % 4]
        group = place // 4
        if not any(p // 4 == group for p in places if p < place):  # the group's last digit
            text += ("", "万", "亿", "万")[group]
            if group == 3 and not any(p // 4 == 2 for p in places):
                text += "亿"
        above = place
    return text


def zero_left_out(above, place):
    """A thousand after a zero 万 or 亿 digit, unless a whole group of zeros lies between."""
    return place == 7 or (place in (3, 11) and above // 4 == place // 4 + 1)


def read(text):
    """Back to fen: the value of each group, closed by its name."""
    total = section = digit = 0
    for sign in text.removeprefix("人民币").removesuffix("整"):
        if sign in DIGITS:
            digit = DIGITS.index(sign)
        elif sign in "拾佰仟":
            section, digit = section + digit * 10 ** ("拾佰仟".index(sign) + 1), 0
        elif sign == "万":
            total, section, digit = total + (section + digit) * 10**4, 0, 0
        elif sign == "亿":
            total, section, digit = (total + section + digit) * 10**8, 0, 0
        elif sign == "元":
            total, section, digit = (total + section + digit) * 100, 0, 0
        else:
            total, digit = total + digit * {"角": 10, "分": 1}[sign], 0
    return total


@pytest.mark.parametrize(
    ("currency", "minor"),
    [("KWD", "菲尔士"), ("LYD", "迪拉姆"), ("OMR", "派沙"), ("TND", "米利姆"), ("BHD", "菲尔士")],
)
def test_thousandths_bear_the_name_of_their_country(currency, minor):
    assert say(D("1.005"), currency).endswith(minor)
