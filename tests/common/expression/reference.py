"""Writes reference.inc: random expressions and their values by an evaluator that shares nothing with ours.

    python3 reference.py > reference.inc

A tree is made first and then both written as text, with needless spaces and parentheses here and there, and
evaluated in fractions.Fraction, so the text is never read here. Whatever has no exact value is left out; that is
what golden.py is for. The operands are those of reference_test.cc.
"""

import math
import random
from fractions import Fraction

RANDOM = random.Random(20260101)
COUNT = 600
MISSING = "missing"


class Error(Exception):
    """The expression has no value; `args` are its kind and the node at fault."""


class NotExact(Exception):
    """The value is not rational, or so large that the limits would matter."""


OPERANDS = {
    "A": Fraction(7), "B": Fraction(-3), "C": Fraction(5, 2), "D": Fraction(0), "M": MISSING,
    "E": "division-by-zero", "target(A)": Fraction(10), "previous(B)": Fraction(-2, 3), "last_year(C)": MISSING,
    "sum(A, sector)": Fraction(12), "sum(B, by-size)": Fraction(1, 7),
}
LEVELS = {"or": 1, "and": 2, "not": 3, "=": 4, "!=": 4, "<": 4, "<=": 4, ">": 4, ">=": 4, "+": 5, "-": 5, "*": 6,
          "/": 6, "neg": 7, "^": 8}
# What the left and the right operand need: one level more where the operator does not group that way.
SIDES = {"or": (1, 2), "and": (2, 3), "+": (5, 6), "-": (5, 6), "*": (6, 7), "/": (6, 7), "^": (9, 7)}


class Node:
    def __init__(self, kind, *operands, text="", decimals=None):
        self.kind, self.operands, self.text, self.decimals, self.column = kind, operands, text, decimals, 0


# Making trees.

def literal():
    return Node("literal", text=RANDOM.choice(["0", "1", "2", "3", "10", "0.5", "1.25", "0.3", "100", "12.345"]))


def reference():
    return Node("reference", text=RANDOM.choice(list(OPERANDS)))


def number(depth):
    if depth == 0:
        return literal() if RANDOM.random() < 0.4 else reference()
    sub = lambda: number(RANDOM.randrange(depth))
    kind = RANDOM.choice(["+", "-", "*", "/", "+", "-", "*", "/", "^", "neg", "if", "min", "max", "abs", "round", "floor",
                          "ceil", "trunc", "sqrt", "coalesce"])
    if kind == "^":
        exponent = RANDOM.choice([literal(), Node("neg", literal()), sub(),
                                  Node("/", Node("literal", text="1"), Node("literal", text="2"))])
        return Node("^", sub(), exponent)
    if kind in LEVELS:
        return Node(kind, sub()) if kind == "neg" else Node(kind, sub(), sub())
    if kind == "if":
        return Node("if", condition(depth - 1), sub(), sub())
    if kind in ("min", "max", "coalesce"):
        return Node(kind, *(sub() for _ in range(RANDOM.randint(1, 3))))
    if kind in ("round", "floor", "ceil", "trunc"):
        return Node(kind, sub(), decimals=RANDOM.choice([None, 0, 1, 2]))
    return Node(kind, sub())


def condition(depth):
    if depth <= 0 or RANDOM.random() < 0.3:
        return Node(RANDOM.choice(["=", "!=", "<", "<=", ">", ">="]), number(max(depth, 0)), number(max(depth, 0)))
    kind = RANDOM.choice(["and", "or", "and", "or", "not", "missing", "coalesce", "if"])
    sub = lambda: condition(depth - 1)
    if kind == "missing":
        return Node(kind, RANDOM.choice([number, condition])(depth - 1))
    if kind == "if":
        return Node(kind, sub(), sub(), sub())
    return Node(kind, sub()) if kind == "not" else Node(kind, sub(), sub())


# Writing them.

class Writer:
    def __init__(self):
        self.text = ""

    def put(self, piece):
        if RANDOM.random() < 0.1:
            self.text += " " * RANDOM.randint(1, 3)
        # Only words and numbers need a space between them.
        if self.text and (self.text[-1].isalnum() or self.text[-1] == "_") and piece[0].isalnum():
            self.text += " "
        self.text += piece
        return len(self.text) - len(piece) + 1

    def write(self, node, least=1):
        level = LEVELS.get(node.kind, 9)
        wrapped = level < least or RANDOM.random() < 0.08
        if wrapped:
            self.put("(")
        self.write_bare(node, level)
        if wrapped:
            self.put(")")

    def write_bare(self, node, level):
        if node.kind in ("literal", "reference"):
            node.column = self.put(node.text)
        elif node.kind in ("neg", "not"):
            node.column = self.put("-" if node.kind == "neg" else "not")
            self.write(node.operands[0], level)
        elif node.kind in LEVELS:
            left, right = SIDES.get(node.kind, (5, 5))
            self.write(node.operands[0], left)
            node.column = self.put(node.kind)
            self.write(node.operands[1], right)
        else:
            node.column = self.put(node.kind)
            for i, operand in enumerate(node.operands):
                self.put("," if i else "(")
                self.write(operand)
            if node.decimals is not None:
                self.put(",")
                self.put(str(node.decimals))
            self.put(")")


# Evaluating them.

def to_decimals(rounding):
    def apply(value, decimals):
        return Fraction(rounding(value * 10**decimals), 10**decimals)
    return apply


ROUNDINGS = {
    "round": to_decimals(lambda x: math.floor(x + Fraction(1, 2)) if x >= 0 else math.ceil(x - Fraction(1, 2))),
    "floor": to_decimals(math.floor), "ceil": to_decimals(math.ceil), "trunc": to_decimals(math.trunc),
}


def square_root(value):
    top, bottom = math.isqrt(value.numerator), math.isqrt(value.denominator)
    if top * top != value.numerator or bottom * bottom != value.denominator:
        raise NotExact
    return Fraction(top, bottom)


def power(node, base, exponent):
    if base == 0 and exponent < 0 or base < 0 and exponent.denominator != 1:
        raise Error("domain", node)
    if base == 0:
        return Fraction(1 if exponent == 0 else 0)
    if exponent.denominator == 2:
        base, exponent = square_root(base), exponent * 2
    if exponent.denominator != 1:
        if base == 1:
            return base
        raise NotExact
    if abs(exponent) > 50 and abs(base) != 1:
        raise NotExact
    return base ** (exponent.numerator % 2 if abs(base) == 1 else exponent.numerator)


def divide(node, a, b):
    if b == 0:
        raise Error("division-by-zero", node)
    return a / b


def root(node, a):
    if a < 0:
        raise Error("domain", node)
    return square_root(a)


STRICT = {
    "neg": lambda n, a: -a, "+": lambda n, a, b: a + b, "-": lambda n, a, b: a - b, "*": lambda n, a, b: a * b,
    "/": divide, "^": power, "=": lambda n, a, b: a == b, "!=": lambda n, a, b: a != b, "<": lambda n, a, b: a < b,
    "<=": lambda n, a, b: a <= b, ">": lambda n, a, b: a > b, ">=": lambda n, a, b: a >= b,
    "min": lambda n, *xs: min(xs), "max": lambda n, *xs: max(xs), "abs": lambda n, a: abs(a), "sqrt": root,
    "not": lambda n, a: not a,
    **{name: lambda n, a, f=f: f(a, n.decimals or 0) for name, f in ROUNDINGS.items()},
}


def evaluate(node):
    if node.kind == "literal":
        return Fraction(node.text)
    if node.kind == "reference":
        operand = OPERANDS[node.text]
        if isinstance(operand, str) and operand != MISSING:
            raise Error(operand, node)
        return operand
    if node.kind in ("and", "or"):
        deciding = node.kind == "or"
        values = []
        for operand in node.operands:
            values.append(evaluate(operand))
            if values[-1] is deciding:
                return deciding
        return MISSING if MISSING in values else not deciding
    if node.kind == "if":
        chosen = evaluate(node.operands[0])
        return MISSING if chosen is MISSING else evaluate(node.operands[1 if chosen else 2])
    if node.kind == "missing":
        return evaluate(node.operands[0]) is MISSING
    if node.kind == "coalesce":
        values = (evaluate(operand) for operand in node.operands)
        return next((value for value in values if value is not MISSING), MISSING)
    values = [evaluate(operand) for operand in node.operands]
    if MISSING in values:
        return MISSING
    value = STRICT[node.kind](node, *values)
    if isinstance(value, Fraction) and max(abs(value.numerator), value.denominator).bit_length() > 1000:
        raise NotExact
    return value


def shown(tree):
    try:
        value = evaluate(tree)
    except Error as error:
        return f"{error.args[0]}@{error.args[1].column}"
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def main():
    print("// Made by reference.py: expressions and their values.")
    written = set()
    # Errors and missing values are easily had; half of the table is left to the others.
    room = {"value": COUNT // 2, "missing": COUNT // 4, "error": COUNT // 4}
    while sum(room.values()) > 0:
        tree = RANDOM.choice([number, condition])(RANDOM.randint(1, 5))
        writer = Writer()
        writer.write(tree)
        try:
            value = shown(tree)
        except NotExact:
            continue
        kind = "error" if "@" in value else "missing" if value == MISSING else "value"
        if room[kind] == 0 or len(writer.text) > 300 or writer.text in written:
            continue
        room[kind] -= 1
        written.add(writer.text)
        print(f'{{"{writer.text}", "{value}"}},')


main()
