"""Writes golden.inc: logarithms, exponentials, roots and powers by Python's decimal module.

    python3 golden.py > golden.inc

Works with 60 digits more than the 36 that are written, in another arithmetic (decimal floating point, not
integers) and by another implementation (libmpdec, whose ln and exp are correctly rounded).
"""

import decimal
from decimal import Decimal as D

decimal.getcontext().prec = 96
DIGITS = decimal.Context(prec=36, rounding=decimal.ROUND_HALF_UP)


def power(base, exponent):
    return (exponent * base.ln()).exp()


def ratio(top, bottom):
    return D(top) / D(bottom)


CASES = [
    # Logarithms: small and large, of fractions, and near 1 where digits cancel.
    *((f"ln({x})", D(x).ln()) for x in (
        "2", "3", "10", "0.5", "0.1", "1.5", "7", "999999999999999999", "0.000000000000000001",
        "123456789.987654321", "1.000000000000000001", "0.999999999999999999", "1.333333333333333333",
        "0.666666666666666667", "1024")),
    ("ln(1 / 3)", ratio(1, 3).ln()),
    ("ln(4 / 3)", ratio(4, 3).ln()),
    ("ln(2 / 3)", ratio(2, 3).ln()),
    ("ln(2 ^ 4000)", 4000 * D(2).ln()),
    ("ln(2 ^ -4000)", -4000 * D(2).ln()),
    ("ln(3 ^ 1000 / 2 ^ 2000)", 1000 * D(3).ln() - 2000 * D(2).ln()),
    # Exponentials: of both signs, near zero, and as large and small as is allowed.
    *((f"exp({x})", D(x).exp()) for x in (
        "1", "-1", "2", "0.5", "-0.5", "10", "-10", "100", "-100", "0.000000000000000001", "-0.000000000000000001",
        "0.693147180559945309", "3.141592653589793238", "1000", "-1000", "2532", "-2532", "1234.567890123456789")),
    ("exp(1 / 3)", ratio(1, 3).exp()),
    ("exp(-22 / 7)", ratio(-22, 7).exp()),
    # Roots that are not rational.
    *((f"sqrt({x})", D(x).sqrt()) for x in (
        "2", "3", "5", "10", "0.5", "0.1", "999999999999999999", "0.00000000000000001", "123456789.123456789")),
    ("sqrt(2 / 3)", ratio(2, 3).sqrt()),
    ("2 ^ (1 / 3)", power(D(2), ratio(1, 3))),
    ("10 ^ (1 / 7)", power(D(10), ratio(1, 7))),
    ("0.3 ^ (2 / 3)", power(D("0.3"), ratio(2, 3))),
    ("7 ^ -0.5", power(D(7), D("-0.5"))),
    # Powers that are not whole.
    ("2 ^ 0.1", power(D(2), D("0.1"))),
    ("2 ^ 10.5", power(D(2), D("10.5"))),
    ("1.08 ^ 12.75", power(D("1.08"), D("12.75"))),
    ("0.001 ^ 0.001", power(D("0.001"), D("0.001"))),
    ("123.456 ^ 78.9", power(D("123.456"), D("78.9"))),
    ("1.000000000000000001 ^ 123456789.5", power(D("1.000000000000000001"), D("123456789.5"))),
    ("2 ^ 3600.5", power(D(2), D("3600.5"))),
    ("2 ^ -3600.5", power(D(2), D("-3600.5"))),
    # A geometric mean of three, and a rate of growth.
    ("(17 * 23 * 31) ^ (1 / 3)", power(D(17 * 23 * 31), ratio(1, 3))),
    ("(1130 / 1200) ^ (1 / 4)", power(ratio(1130, 1200), ratio(1, 4))),
]


def shown(value):
    rounded = DIGITS.plus(value)
    sign, digits, exponent = rounded.as_tuple()
    digits = "".join(map(str, digits)).ljust(36, "0")
    exponent -= 36 - len(rounded.as_tuple().digits)
    return f'"{"-" if sign else ""}{digits}", {exponent}'


print("// Made by golden.py: an expression, 36 significant digits of its value, and the power of ten they are of.")
for text, value in CASES:
    print(f'{{"{text}", {shown(value)}}},')
