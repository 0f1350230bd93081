"""Amounts in English words, as trade documents spell them.

The pattern is ``SAY <currency> <whole> [AND <minor unit> <fraction>] ONLY`` in capitals: unit names
in the plural before the figure, no "and" inside a cardinal (the only AND parts the cents), cents
left out when zero. Usage of Chinese exporters' invoices and drafts.
"""

from decimal import Decimal

from docpipe.standards.money import is_payable, minor_units

# Currency -> (major unit, minor unit); "" where ISO 4217 knows no minor unit.
UNIT_NAMES: dict[str, tuple[str, str]] = {
    "AED": ("UAE DIRHAMS", "FILS"),
    "ARS": ("ARGENTINE PESOS", "CENTAVOS"),
    "AUD": ("AUSTRALIAN DOLLARS", "CENTS"),
    "BDT": ("BANGLADESHI TAKA", "POISHA"),
    "BHD": ("BAHRAINI DINARS", "FILS"),
    "BRL": ("BRAZILIAN REAIS", "CENTAVOS"),
    "CAD": ("CANADIAN DOLLARS", "CENTS"),
    "CHF": ("SWISS FRANCS", "CENTIMES"),
    "CLP": ("CHILEAN PESOS", ""),
    "CNY": ("CHINESE YUAN", "FEN"),
    "COP": ("COLOMBIAN PESOS", "CENTAVOS"),
    "CZK": ("CZECH KORUNAS", "HALERS"),
    "DKK": ("DANISH KRONER", "ORE"),
    "EGP": ("EGYPTIAN POUNDS", "PIASTRES"),
    "EUR": ("EUROS", "CENTS"),
    "GBP": ("POUNDS STERLING", "PENCE"),
    "HKD": ("HONG KONG DOLLARS", "CENTS"),
    "HUF": ("HUNGARIAN FORINTS", "FILLERS"),
    "IDR": ("INDONESIAN RUPIAHS", "SEN"),
    "ILS": ("ISRAELI NEW SHEKELS", "AGOROT"),
    "INR": ("INDIAN RUPEES", "PAISE"),
    "IQD": ("IRAQI DINARS", "FILS"),
    "ISK": ("ICELANDIC KRONUR", ""),
    "JOD": ("JORDANIAN DINARS", "FILS"),
    "JPY": ("JAPANESE YEN", ""),
    "KES": ("KENYAN SHILLINGS", "CENTS"),
    "KRW": ("KOREAN WON", ""),
    "KWD": ("KUWAITI DINARS", "FILS"),
    "LYD": ("LIBYAN DINARS", "DIRHAMS"),
    "MAD": ("MOROCCAN DIRHAMS", "CENTIMES"),
    "MOP": ("MACAO PATACAS", "AVOS"),
    "MXN": ("MEXICAN PESOS", "CENTAVOS"),
    "MYR": ("MALAYSIAN RINGGIT", "SEN"),
    "NGN": ("NIGERIAN NAIRA", "KOBO"),
    "NOK": ("NORWEGIAN KRONER", "ORE"),
    "NZD": ("NEW ZEALAND DOLLARS", "CENTS"),
    "OMR": ("OMANI RIALS", "BAISA"),
    "PEN": ("PERUVIAN SOLES", "CENTIMOS"),
    "PHP": ("PHILIPPINE PESOS", "CENTAVOS"),
    "PKR": ("PAKISTANI RUPEES", "PAISA"),
    "PLN": ("POLISH ZLOTYS", "GROSZY"),
    "QAR": ("QATARI RIYALS", "DIRHAMS"),
    "RUB": ("RUSSIAN RUBLES", "KOPECKS"),
    "SAR": ("SAUDI RIYALS", "HALALAS"),
    "SEK": ("SWEDISH KRONOR", "ORE"),
    "SGD": ("SINGAPORE DOLLARS", "CENTS"),
    "THB": ("THAI BAHT", "SATANG"),
    "TND": ("TUNISIAN DINARS", "MILLIMES"),
    "TRY": ("TURKISH LIRAS", "KURUS"),
    "TWD": ("NEW TAIWAN DOLLARS", "CENTS"),
    "USD": ("US DOLLARS", "CENTS"),
    "VND": ("VIETNAMESE DONG", ""),
    "XAF": ("CENTRAL AFRICAN CFA FRANCS", ""),
    "XOF": ("WEST AFRICAN CFA FRANCS", ""),
    "ZAR": ("SOUTH AFRICAN RAND", "CENTS"),
}

_SMALL = """ZERO ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN ELEVEN TWELVE THIRTEEN FOURTEEN
    FIFTEEN SIXTEEN SEVENTEEN EIGHTEEN NINETEEN""".split()  # noqa: SIM905
_TENS = "- TEN TWENTY THIRTY FORTY FIFTY SIXTY SEVENTY EIGHTY NINETY".split()  # noqa: SIM905
# The short scale, each name a thousand times the one before; figures have 51 digits at most.
_GROUPS = ["", *"""THOUSAND MILLION BILLION TRILLION QUADRILLION QUINTILLION SEXTILLION SEPTILLION
    OCTILLION NONILLION DECILLION UNDECILLION DUODECILLION TREDECILLION QUATTUORDECILLION
    QUINDECILLION""".split()]  # fmt: skip  # noqa: SIM905


def say(amount: Decimal, currency: str) -> str:
    """``SAY US DOLLARS TWENTY-SEVEN THOUSAND SIX HUNDRED ONLY``.

    A currency without names here keeps its code, its fraction as ``AND 50/100``. ``ValueError``
    for an unknown currency, a negative amount, one finer than the minor unit, or of over 51 digits.
    """
    digits = minor_units(currency)
    if not is_payable(amount, currency) or amount < 0:
        raise ValueError(f"{amount} {currency} cannot be put into words")
    whole = int(amount)
    fraction = int((amount - whole).scaleb(digits))
    major, minor = UNIT_NAMES.get(currency, (currency, ""))
    words = f"SAY {major} {_cardinal(whole)}"
    if fraction:
        parts = f"{minor} {_cardinal(fraction)}" if minor else f"{fraction:0{digits}d}/{10**digits}"
        words += f" AND {parts}"
    return f"{words} ONLY"


def _cardinal(number: int) -> str:
    """Without "and" and commas: ONE HUNDRED TWENTY-SEVEN THOUSAND SIX HUNDRED."""
    if number == 0:
        return _SMALL[0]
    words: list[str] = []
    for name in _GROUPS:
        number, group = divmod(number, 1000)
        if group:
            words.insert(0, f"{_below_thousand(group)} {name}".rstrip())
    return " ".join(words)


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = [f"{_SMALL[hundreds]} HUNDRED"] if hundreds else []
    if rest >= 20:
        tens, ones = divmod(rest, 10)
        words.append(f"{_TENS[tens]}-{_SMALL[ones]}" if ones else _TENS[tens])
    elif rest:
        words.append(_SMALL[rest])
    return " ".join(words)
