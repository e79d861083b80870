"""The text layer of a PDF page, through pdfium: pieces of text with their boxes, upright and in points.

The hot path reads the page's text in one call and then asks for the boxes of few characters: where pdfium's runs begin
and end, and on both sides of spaces. Only pages with tables have the box of every character read.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from struct import Struct

import pypdfium2.raw as pdfium

from extract.document import BBox
from extract.layout import IDEOGRAPH, Line, Matrix, apply, around
from extract.layout_lines import needs_space
from extract.pdf_calls import address, char_is_generated, char_is_unmapped, loose_char_box

_RUN = re.compile(r"[^\r\n]+")
_BREAK = re.compile(r"[ \u00a0]+")
_BLANK = " \u00a0\u3000\t\u200b\ufeff\u00ad\u0002"
_WIDE_GAP = 2.0
"""Pieces are parted where so many em are empty."""

# Radicals and signs that broken fonts give in place of the characters that look like them.
_LOOKALIKES = str.maketrans(
    "⺟⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳\uf06f\uf0a3\uf0a8\uf052\uf0fe\uf0fc",
    "母民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟□□□☑☑√",
)
_ODD = re.compile("[\ud800-\udfff\u2e80-\u2fdf\uf900-\ufaff\uf052-\uf0fe]")
_COMPATIBLE = re.compile("[\u2f00-\u2fdf\uf900-\ufaff]")

_DIGIT = re.compile("[0-9]")
_RECTANGLE = Struct("4f")


def mend(text: str) -> str:
    """Return ``text`` with radicals, compatibility forms and surrogates as the characters they stand for."""
    if not _ODD.search(text):
        return text
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = text.translate(_LOOKALIKES)
    return _COMPATIBLE.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)


@dataclass(frozen=True, slots=True)
class Pieces:
    """What a text layer holds: ``inside`` has one list for each area asked for, ``outside`` the rest.

    ``sideways`` counts the characters at right angles to the page by quarter turns (1, 2, 3), anticlockwise.
    """

    outside: list[Line]
    inside: list[list[Line]]
    slanted: list[Line]
    sideways: dict[int, int]


class TextLayer:
    """The characters of one page; ``matrix`` brings the page's own coordinates to points from the upper left corner."""

    __slots__ = ("_address", "_boxes", "_buffer", "_matrix", "_target", "raw", "text", "turn")

    def __init__(self, raw: pdfium.FPDF_TEXTPAGE, matrix: Matrix) -> None:
        self.raw = raw
        self._address = address(raw)
        self._buffer = ctypes.create_string_buffer(_RECTANGLE.size)
        self._target = ctypes.addressof(self._buffer)
        self._boxes: dict[int, BBox] = {}
        self._matrix = matrix
        self.turn = round(math.degrees(math.atan2(-matrix[1], matrix[0])) / 90) % 4
        self.text = self._read()

    @property
    def matrix(self) -> Matrix:
        """The matrix from the page's own coordinates."""
        return self._matrix

    def turned(self, matrix: Matrix, quarters: int) -> None:
        """Take ``matrix`` instead: the page is read turned by ``quarters``."""
        self._matrix, self.turn = matrix, (self.turn - quarters) % 4
        self._boxes.clear()

    def _read(self) -> str:
        count = pdfium.FPDFText_CountChars(self.raw)
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (count + 1))()
        written = pdfium.FPDFText_GetText(self.raw, 0, count, buffer) - 1
        if written == count:
            text = bytes(buffer)[: 2 * count].decode("utf-16-le", errors="surrogatepass")
            # Beyond the basic plane pdfium counts a character as two, and so must its position be counted here.
            return text if len(text) == count else "".join(map(chr, buffer[:count]))
        # Characters without a meaning of their own are left out of the text: the positions would not agree.
        codes = (pdfium.FPDFText_GetUnicode(self.raw, index) for index in range(count))
        return "".join(chr(code) if 0 < code < 0x110000 else "\ufffd" for code in codes)

    def box(self, index: int) -> BBox:
        """Return the box of a character: its advance wide, its font's height high."""
        known = self._boxes.get(index)
        if known is not None:
            return known
        loose_char_box(self._address, index, self._target)
        left, top, right, bottom = _RECTANGLE.unpack_from(self._buffer)
        a, b, c, d, e, f = self._matrix
        if b == 0.0 == c and a > 0 > d:
            box = (a * left + e, d * top + f, a * right + e, d * bottom + f)
        else:
            box = apply(self._matrix, (left, bottom, right, top))
        self._boxes[index] = box
        return box

    def unmapped(self, strange: re.Pattern[str], step: int = 4) -> str:
        """Return, of every ``step``-th character, those whose code the font gives no meaning to.

        Nothing is returned where none of them is ``strange``: then a font is silent about what is written plainly.
        """
        sample = self.text[::step]
        if not any(char_is_unmapped(self._address, step * match.start()) == 1 for match in strange.finditer(sample)):
            return ""
        return "".join(char for at, char in enumerate(sample) if char_is_unmapped(self._address, step * at) == 1)

    def _quarter(self, index: int) -> int | None:
        """Return how many quarter turns the character is rotated on the page as shown, None where it is slanted."""
        # pdfium counts the angle clockwise.
        degrees = 90 * self.turn - math.degrees(pdfium.FPDFText_GetCharAngle(self.raw, index))
        quarter = round(degrees / 90)
        return quarter % 4 if abs(degrees - 90 * quarter) < 10 else None

    def pieces(self, areas: Sequence[BBox] = ()) -> Pieces:
        """Return the pieces of text, parted at the borders of ``areas`` (which do not overlap)."""
        found = Pieces([], [[] for _ in areas], [], {})
        for match in _RUN.finditer(self.text):
            for start, end, area in self._parted(match.start(), match.end(), areas):
                self._run(start, end, found, found.outside if area is None else found.inside[area])
        return found

    def _parted(self, start: int, end: int, areas: Sequence[BBox]) -> list[tuple[int, int, int | None]]:
        """Part a run where it crosses the border of an area."""
        if not areas:
            return [(start, end, None)]
        spans: list[tuple[int, int, int | None]] = []
        current: int | None = None
        for index in range(start, end):
            if self.text[index] in _BLANK and spans:
                area = current
            else:
                x0, top, x1, bottom = self.box(index)
                area = _area_at((x0 + x1) / 2, (top + bottom) / 2, areas, current)
            if spans and area == current:
                spans[-1] = (spans[-1][0], index + 1, area)
            else:
                spans.append((index, index + 1, area))
            current = area
        return spans

    def _run(self, start: int, end: int, found: Pieces, into: list[Line]) -> None:
        """Add the pieces of one run of characters."""
        text = self.text
        while start < end and text[start] in _BLANK:
            start += 1
        stop = end
        while start < stop and text[stop - 1] in _BLANK:
            stop -= 1
        if start == stop:
            return
        first = self.box(start)
        last = self.box(stop - 1) if stop - start > 1 else first
        rise, height = abs(first[1] + first[3] - last[1] - last[3]) / 2, first[3] - first[1]
        backwards = stop - start > 1 and last[2] <= first[0]
        if (
            backwards
            or rise > 0.7 * height
            or ((stop - start == 1 or rise > 0.2 * height) and self._quarter(start) != 0)
        ):
            self._astray(start, stop, found, into)
            return
        spaced = stop < end and text[stop] in " \u3000\u00a0"
        em = self._em(start, stop, first)
        begin, left, parts, known = start, first, list[str](), len(into)
        for gap in _BREAK.finditer(text, start, stop):
            if not char_is_generated(self._address, gap.start()):
                continue
            before, behind = self.box(gap.start() - 1), self.box(gap.end())
            width = behind[0] - before[2]
            if (
                width < -0.5 * em or behind[2] > last[2] + 0.1
            ):  # a character from another font, written after the line it belongs in
                del into[known:]
                self._astray(start, stop, found, into)
                return
            parts.append(text[begin : gap.start()])
            begin = gap.end()
            if width > _WIDE_GAP * em:
                into.append(_line("".join(parts), left, before, em, spaced=False))
                left, parts = behind, []
            elif needs_space(text[gap.start() - 1], text[gap.end()], width, em):
                parts.append(" ")
        parts.append(text[begin:stop])
        into.append(_line("".join(parts), left, last, em, spaced))

    def _em(self, start: int, stop: int, first: BBox) -> float:
        for pattern, share in ((IDEOGRAPH, 1.0), (_DIGIT, 0.53)):
            found = pattern.search(self.text, start, stop)
            if found:
                box = first if found.start() == start else self.box(found.start())
                width = (box[2] - box[0]) / share
                return width if width > 1.0 else max(box[3] - box[1], 1.0)
        return max(0.9 * (first[3] - first[1]), 1.0)

    def _astray(self, start: int, stop: int, found: Pieces, into: list[Line]) -> None:
        """Add a run that does not go from left to right: turned, slanted, or set one character below the other."""
        quarter = self._quarter(start)
        boxes = [self.box(index) for index in range(start, stop)]
        if quarter == 0:
            for index, box in enumerate(boxes, start):
                if self.text[index] not in _BLANK:
                    into.append(_line(self.text[index], box, box, self._em(index, index + 1, box), spaced=False))
            return
        whole = around(boxes)
        size = min(boxes[0][2] - boxes[0][0], boxes[0][3] - boxes[0][1])
        line = _line(self.text[start:stop], whole, whole, max(size, 1.0), spaced=False)
        if quarter is None:
            found.slanted.append(line)
        else:
            found.sideways[quarter] = found.sideways.get(quarter, 0) + stop - start
            into.append(line)


def _line(text: str, first: BBox, last: BBox, em: float, spaced: bool) -> Line:
    top, bottom = min(first[1], last[1]), max(first[3], last[3])
    if bottom - top > 2.2 * em:  # some fonts claim an absurd height
        middle = (top + bottom) / 2
        top, bottom = middle - 0.6 * em, middle + 0.6 * em
    return Line(mend(text), first[0], top, last[2], bottom, em, None, spaced)


def _area_at(x: float, y: float, areas: Sequence[BBox], guess: int | None) -> int | None:
    if guess is not None:
        x0, top, x1, bottom = areas[guess]
        if x0 <= x < x1 and top <= y < bottom:
            return guess
    for index, (x0, top, x1, bottom) in enumerate(areas):
        if x0 <= x < x1 and top <= y < bottom:
            return index
    return None
