"""Amounts in Chinese capital numerals (大写金额).

Rules of the payment and settlement regulation 支付结算办法, annex 1: 整 must follow 元, may follow
角 and never follows 分; a run of zeros inside the figure is one 零; where the 元 digit is zero
and 角 is not, 零 is allowed and we write it; where the 万 digit is zero and 千 is not, it is
allowed and we leave it out. The currency's name stands directly before the figure.

Foreign amounts follow the same pattern, as on bank slips: 美元 ... 元 ... 角 ... 分. A currency of
three decimals puts its own minor unit after 元: 科威特第纳尔壹元零伍拾菲尔士.
"""

from decimal import Decimal

from docpipe.standards.currencies import CURRENCY_NAMES_ZH
from docpipe.standards.money import is_payable, minor_units

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ((1000, "仟"), (100, "佰"), (10, "拾"), (1, ""))
_GROUPS = ((10**8, "亿"), (10**4, "万"))
_LIMIT = 10**16

# Minor units of a thousandth; 菲尔士 (fils) elsewhere.
_THOUSANDTHS = {"LYD": "迪拉姆", "OMR": "派沙", "TND": "米利姆"}


def say(amount: Decimal, currency: str) -> str:
    """``人民币壹仟肆佰零玖元伍角``; ``美元贰万柒仟陆佰元整``.

    ``ValueError`` for an unknown currency, a negative amount, one finer than the minor unit, one
    of 10 000 万亿 or more, or a fund code of four decimals (CLF, UYW), which has no such form.
    """
    digits = minor_units(currency)
    if not is_payable(amount, currency) or not 0 <= amount < _LIMIT or digits > 3:
        raise ValueError(f"{amount} {currency} cannot be put into Chinese capitals")
    whole = int(amount)
    fraction = int((amount - whole).scaleb(digits))
    yuan = f"{_capital(whole)}元" if whole or not fraction else ""
    if not fraction:
        tail = "整"
    elif digits == 3:
        tail = _thousandths(whole, fraction, _THOUSANDTHS.get(currency, "菲尔士"))
    else:
        tail = _jiao_fen(whole, fraction)
    return f"{CURRENCY_NAMES_ZH[currency]}{yuan}{tail}"


def _jiao_fen(whole: int, fraction: int) -> str:
    jiao, fen = divmod(fraction, 10)
    gap = "零" if whole and (not jiao or whole % 10 == 0) else ""
    jiao_text = f"{_DIGITS[jiao]}角" if jiao else ""
    return f"{gap}{jiao_text}{_DIGITS[fen]}分" if fen else f"{gap}{jiao_text}"


def _thousandths(whole: int, fraction: int, unit: str) -> str:
    gap = "零" if whole and (fraction < 100 or whole % 10 == 0) else ""
    return f"{gap}{_capital(fraction)}{unit}"


def _capital(number: int) -> str:
    for size, name in _GROUPS:
        if number >= size:
            high, low = divmod(number, size)
            gap = "零" if 0 < low < size // 10 else ""
            return f"{_capital(high)}{name}{gap}{_capital(low) if low else ''}"
    return _below_ten_thousand(number) if number else "零"


def _below_ten_thousand(number: int) -> str:
    text = ""
    for size, name in _PLACES:
        digit, number = divmod(number, size)
        if digit:
            text += f"{_DIGITS[digit]}{name}"
        elif text and number >= size // 10 and number:
            text += "零"
    return text
