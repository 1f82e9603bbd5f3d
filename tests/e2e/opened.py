"""Documents opened the way their readers open them: by parsers that know nothing of how they were made."""

import csv
import html.parser
import io
import re
import xml.etree.ElementTree
import zipfile
from decimal import ROUND_HALF_EVEN, Context, Decimal

VOID = {"meta", "col", "br", "img", "link", "input", "hr", "rect", "line"}


class Page(html.parser.HTMLParser):
    """A page of HTML: its text, its tables, and what it would load. Fails on tags that do not match."""

    def __init__(self, content):
        super().__init__()
        self.open = []
        self.tables = []  # Of rows, of cells: (text, value of a figure or None, tag, attributes).
        self.captions = []
        self.text = ""
        self.drawings = []  # Attributes of each <svg>.
        self.bars = []  # Attributes of each <rect>.
        self.loads = []
        self.language = None
        self.ids = []
        self.feed(content)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag == "html":
            self.language = attributes["lang"]
        self.loads += [value for name, value in attributes.items()
                       if name in ("src", "href", "xlink:href", "action", "background")]
        if tag in ("script", "iframe", "object", "embed", "link", "base"):
            self.loads.append(tag)
        if tag == "svg":
            self.drawings.append(attributes)
        if tag == "rect":
            self.bars.append(attributes)
        if tag == "table":
            self.tables.append([])
        if tag == "caption":
            self.captions.append("")
        if tag == "tr":
            self.tables[-1].append([])
        if tag in ("td", "th"):
            self.tables[-1][-1].append(["", None, tag, attributes])
        if tag == "data":
            self.tables[-1][-1][-1][1] = attributes["value"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        if tag == "rect":
            self.bars.append(dict(attributes))

    def handle_endtag(self, tag):
        if tag in VOID:
            return  # A browser writes <line></line>.
        assert self.open and self.open[-1] == tag, (self.open, tag)
        self.open.pop()

    def handle_data(self, data):
        if "style" in self.open:
            self.loads += re.findall(r"url\([^)]*\)|@import", data)
            return
        self.text += data
        if "caption" in self.open:
            self.captions[-1] += data
        if ("td" in self.open or "th" in self.open) and "sup" not in self.open:
            self.tables[-1][-1][-1][0] += data

    def rows(self, *titles):
        """Rows of every table whose titles begin so, in order."""
        for table in self.tables:
            if [cell[0] for cell in table[0][:len(titles)]] == list(titles):
                yield from table[1:]


def read_csv(content):
    """The rows by column; the file must be as RFC 4180 wants it."""
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\n" not in content.replace(b"\r\n", b"")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Number(str):
    """A cell of type number, written as it is shown."""


def shown(value, pattern):
    """What a spreadsheet shows for a stored number: at most 15 digits, places by the format."""
    number = Context(prec=15).create_decimal(value)
    places = len(pattern.partition(".")[2])
    text = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN, context=Context(prec=40))
    return Number(f"{text:f}")


def read_xlsx(content):
    """By the name of a sheet, its rows; cells are texts, and Numbers for numbers."""
    book = zipfile.ZipFile(io.BytesIO(content))
    assert book.testzip() is None

    def parse(name):
        return xml.etree.ElementTree.fromstring(book.read(name))

    strings = []
    if "xl/sharedStrings.xml" in book.namelist():
        strings = ["".join(item.itertext()) for item in parse("xl/sharedStrings.xml").iter(f"{SHEET}si")]
    styles = parse("xl/styles.xml")
    patterns = {item.get("numFmtId"): item.get("formatCode") for item in styles.iter(f"{SHEET}numFmt")}
    patterns |= {"0": "General", "3": "#,##0", "4": "#,##0.00"}
    formats = [patterns[item.get("numFmtId")] for item in styles.find(f"{SHEET}cellXfs")]
    sheets = {}
    for index, sheet in enumerate(parse("xl/workbook.xml").iter(f"{SHEET}sheet"), 1):
        rows = {}
        for cell in parse(f"xl/worksheets/sheet{index}.xml").iter(f"{SHEET}c"):
            assert cell.find(f"{SHEET}f") is None, "a formula"
            column, row = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r")).groups()
            value = cell.find(f"{SHEET}v")
            if value is None:
                text = ""
            elif cell.get("t") == "s":
                text = strings[int(value.text)]
            else:
                text = shown(value.text, formats[int(cell.get("s", "0"))])
            number = 0
            for letter in column:
                number = number * 26 + ord(letter) - ord("A") + 1
            rows.setdefault(int(row), {})[number] = text
        sheets[sheet.get("name")] = [
            [cells.get(column, "") for column in range(1, max(cells) + 1)] for _, cells in sorted(rows.items())]
    return sheets


def read_png(content):
    """Width, height, and the rows of pixels, of a PNG with eight bits a channel."""
    import struct
    import zlib
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    at, packed = 8, b""
    while at < len(content):
        length, kind = struct.unpack(">I4s", content[at:at + 8])
        body = content[at + 8:at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", body[:10])
        if kind == b"IDAT":
            packed += body
        at += 12 + length
    assert depth == 8
    channels = {0: 1, 2: 3, 6: 4}[colour]
    raw, stride = zlib.decompress(packed), width * channels
    rows, last = [], bytearray(stride)
    for y in range(height):
        kind, line = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
        unfilter(kind, line, last, channels)
        rows.append(bytes(line))
        last = line
    return width, height, channels, rows


def unfilter(kind, line, above, channels):
    """Undoes the filter of one line of a PNG, in place."""
    if kind == 0:
        return
    for i in range(len(line)):
        left = line[i - channels] if i >= channels else 0
        corner = above[i - channels] if i >= channels else 0
        up = above[i]
        if kind == 1:
            guess = left
        elif kind == 2:
            guess = up
        elif kind == 3:
            guess = (left + up) // 2
        else:
            estimate = left + up - corner
            guess = min((left, up, corner), key=lambda value: abs(estimate - value))
        line[i] = (line[i] + guess) & 255
