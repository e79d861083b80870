"""Lines to paragraphs by geometry: does the next line go on, and what stands between the two.

A line goes on in the next one where it is full: the next line's first unit (a Chinese character with the signs that may
not leave it, a word, a figure) would not have fitted behind it. What begins a paragraph is an indent, a numbering mark,
a wider space above, or another size of type.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.layout import CJK, IDEOGRAPH, Line, typical_em

INDENT = 1.2
"""A line that begins so many em right of the margin is indented (the usual indent is 2)."""

FAR = 5.0
"""Lines that begin so many em right of the margin stand alone, as signature and date do."""

HEADING_MARK = re.compile(
    r"\s*(?:第[一二三四五六七八九十\d]{1,3}[章节部]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])"
)
"""A mark that begins a paragraph even where it is not indented like the others."""

MARK = re.compile(
    r"""\s*(?:
        第[一二三四五六七八九十百〇零\d]{1,4}[章节条部编篇]
      | [一二三四五六七八九十]{1,3}\s*[、.．,，]
      | [（(][一二三四五六七八九十\d]{1,3}[)）]
      | \d{1,2}\s*[、.．](?!\d)
      | \d{1,2}[)）]
      | [①-⑳⑴-⒇⒈-⒛㈠-㈩]
      | [一二三四五六七八九十]{1,2}是
      | 附(?:件|表|注)\s*[一二三四五六七八九十\d]{0,2}\s*[:：]?
      | 注\s*[:：]
    )""",
    re.VERBOSE,
)
"""A numbering mark, as it begins a paragraph."""

FIELD = re.compile(r"[^，。；：:,;]{2,12}[：:]")
"""A form's field, as ``项目名称：``; where two of them follow one another at the same indent, each is a paragraph."""

_ENDS = re.compile(r"[。！？；：!?;:…][”’）)』」]*$")
_ATOM = (
    r"[（(〔\[【《〈「『]*"
    r"(?:[0-9.,]+[\u4e00-\u9fff]?|[0-9A-Za-z.,/+\-]+|.)"
    r"[，。、；：？！）)〕\]】》〉」』％%‰℃…—－·,.;:?!]*"
)
_UNIT = re.compile(rf"{_ATOM}(?:[“”‘’\"']+{_ATOM})*")
"""What may not be parted at a line's end; quotation marks hold on to both their neighbours."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What lines are set in: its edges in points, whether paragraphs begin with an indent, if it is a table cell."""

    left: float
    right: float
    indented: bool = True
    cell: bool = False

    @property
    def width(self) -> float:
        """The measure, in points."""
        return self.right - self.left


def extent(text: str, em: float) -> float:
    """Return about how wide ``text`` is set: a full-width character takes an em, others somewhat more than half."""
    return sum(em if CJK.match(char) else 0.55 * em for char in text)


def _edge(values: Sequence[float], within: float, support: int) -> float | None:
    """Return the first of the sorted ``values`` near which ``support`` of them lie (their median), if there is one."""
    end = 0
    for index, value in enumerate(values):
        while end < len(values) and abs(values[end] - value) < within:
            end += 1
        if end - index >= support:
            return values[(index + end - 1) // 2]
    return None


def frame_of(lines: Sequence[Line], fallback: Frame | None = None) -> Frame | None:
    """Return the column that ``lines`` are set in; ``fallback`` fills in where they are too few to tell."""
    if not lines:
        return fallback
    em = typical_em(lines)
    share = len(lines) // 12
    starts, ends = sorted(line.x0 for line in lines), sorted((line.x1 for line in lines), reverse=True)
    left = _edge(starts, 0.5 * em, max(2, share))
    right = _edge(ends, em, max(3, share))
    first = min(fallback.left, starts[0]) if fallback else starts[0]
    last = max(fallback.right, ends[0]) if fallback else ends[0]
    # A narrower column shows itself by most lines reaching its edges; a form's or a signature's few agree by chance.
    most = max(5, 0.4 * len(lines))
    if left is None or (left > first + 2 * em and sum(abs(x - left) < em for x in starts) <= most):
        left = first
    if right is None or (right < last - 2 * em and sum(abs(x - right) < em for x in ends) <= most):
        right = last
    indented = fallback.indented if fallback else _uses_indents(lines, left, right, em)
    return Frame(left, right, indented)


def _uses_indents(lines: Sequence[Line], left: float, right: float, em: float) -> bool:
    """Tell whether paragraphs begin with an indent: lines after a short or closing line do."""
    indented = flush = 0
    for before, line in pairwise(lines):
        if before.x1 < right - 3 * em and not is_centred(line, Frame(left, right)):
            if line.x0 > left + INDENT * em:
                indented += 1
            else:
                flush += 1
    return indented >= flush


def is_centred(line: Line, frame: Frame) -> bool:
    """Tell whether ``line`` stands in the middle of ``frame``, well clear of both edges."""
    before, behind = line.x0 - frame.left, frame.right - line.x1
    return min(before, behind) > 2.5 * line.em and abs(before - behind) < 1.5 * line.em


def is_full(line: Line, following: Line, frame: Frame) -> bool:
    """Tell whether the first unit of ``following`` would not have fitted behind ``line``."""
    room = frame.right - line.x1
    indent = (line.x0 - frame.left) / line.em
    aside = abs((line.x0 + line.x1) - (frame.left + frame.right)) / 2
    first_line = 1.4 < indent < 2.9 and not is_centred(following, frame)
    if indent > 1 and aside < 0.6 * line.em and not first_line:
        room = frame.width - (line.x1 - line.x0)  # a centred line has room on both sides
    slack = 0.5 if line.score is None else 0.9  # closing signs are set narrower; OCR boxes vary besides
    if room < slack * line.em:
        return True  # whatever follows
    if CJK.match(line.text[-1:]) and following.text[:1].isascii():
        slack += 0.25  # programs set figures off by a quarter em
    unit = _UNIT.match(following.text)
    return unit is None or room < extent(unit.group(), following.em) + slack * line.em


def differs(before: Line, line: Line) -> bool:
    """Tell whether two lines are set in different sizes, as far as their Chinese characters show it."""
    step, larger = abs(line.em - before.em), max(line.em, before.em)
    tolerance = 0.15
    if step <= tolerance * larger:
        return False
    chinese = [len(IDEOGRAPH.findall(each.text)) for each in (before, line)]
    if min(chinese) == 0:
        return False
    if line.score is not None:  # OCR boxes tell it of lines that are nearly all Chinese, of others badly
        clear = all(count > max(6, 0.75 * len(each.text)) for count, each in zip(chinese, (before, line), strict=True))
        tolerance = 0.2 if clear else 0.35
    return step > tolerance * larger


def begins(line: Line, before: Line, frame: Frame, pitch: float) -> bool:
    """Tell whether ``line`` begins a paragraph, given the line ``before`` it and the usual ``pitch`` in points."""
    if differs(before, line):
        return True
    if line.middle - before.middle > pitch + (0.25 if line.score is None else 0.6) * max(line.em, 0.8 * pitch):
        return True
    return begins_in_column(line, before, frame)


def begins_in_column(line: Line, before: Line, frame: Frame) -> bool:
    """Tell the same from the columns alone, as over a page break."""
    if not is_full(before, line, frame):
        return True
    if abs(line.x0 - before.x0) < 0.5 * line.em and FIELD.match(line.text) and FIELD.match(before.text):
        return True
    closed = bool(_ENDS.search(before.text))
    indent = (line.x0 - frame.left) / line.em
    if indent < INDENT:
        mark = HEADING_MARK if frame.indented else MARK
        return closed and bool(mark.match(line.text))
    if MARK.match(line.text):
        return True
    if abs(line.x0 + line.x1 - frame.left - frame.right) < line.em:
        # The rest of a centred line; below a line of running text it is a caption.
        return not frame.cell and before.x0 - frame.left < 0.3 * line.em
    deeper = (line.x0 - before.x0) / line.em
    if indent > FAR and (before.x0 - frame.left) / line.em > FAR:
        return True
    if deeper > 0.7:
        return closed or not MARK.match(before.text)  # an item's further lines may hang below its text
    if deeper < -0.7:
        return False
    # Both lines have the same indent: a list of one-line items, or a paragraph that is indented as a whole.
    return closed


def usual_pitch(lines: Sequence[Line], frame: Frame) -> float:
    """Return the usual distance from line to line in points, at least the height of a line.

    It is taken behind lines that reach the right margin, which go on in the next one: the rows of a table without rules
    stand closer, headings farther apart.
    """
    steps: list[float] = []
    behind_full: list[float] = []
    for above, below in pairwise(lines):
        step = below.middle - above.middle
        if 0 < step < 3.5 * above.em:
            steps.append(step)
            if above.x1 > frame.right - 2.5 * above.em:
                behind_full.append(step)
    steps = sorted(behind_full or steps)
    floor = 1.1 * typical_em(lines)
    return max(floor, steps[(len(steps) - 1) // 2]) if steps else 1.8 * floor


def joint(before: Line, line: Line, frame: Frame) -> str:
    """Return what stands between two lines of one paragraph: nothing, or a space between words.

    A figure that is broken fills its line to the end; one that ends before it does not, so a space is due.
    """
    left, right = before.text[-1:], line.text[:1]
    if not left or not right or (CJK.match(left) and CJK.match(right)):
        return ""
    if before.spaced:
        return " "
    if CJK.match(left) or CJK.match(right) or not (left.isalnum() or left in ".,;:)"):
        return ""
    if (left.isdigit() and (right.isdigit() or right in ".,%‰")) or (left in ".," and right.isdigit()):
        return "" if frame.right - before.x1 < 0.8 * line.em or not right.isdigit() else " "
    return " " if right.isalnum() or right in "(" else ""


def paragraphs(lines: Sequence[Line], frame: Frame) -> list[list[Line]]:
    """Part ``lines``, in reading order, into paragraphs."""
    found: list[list[Line]] = []
    pitch = usual_pitch(lines, frame)
    for line in lines:
        if found and not begins(line, found[-1][-1], frame, pitch):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def paragraph_text(lines: Sequence[Line], frame: Frame) -> str:
    """Return the text of one paragraph's lines."""
    text = lines[0].text
    for before, line in pairwise(lines):
        text += joint(before, line, frame) + line.text
    return text


def cell_frame(lines: Sequence[Line], left: float, right: float) -> Frame:
    """Return what the lines of a table cell between ``left`` and ``right`` are set in: the cell without its padding."""
    padding = min(max(0.0, min(line.x0 for line in lines) - left), 0.6 * typical_em(lines))
    return Frame(left + padding, right - padding, indented=False, cell=True)


def cell_text(lines: Sequence[Line], left: float, right: float) -> str:
    """Return the text of a table cell between ``left`` and ``right``: its paragraphs, parted by line feeds."""
    if not lines:
        return ""
    if len(lines) == 1:
        return lines[0].text
    frame = cell_frame(lines, left, right)
    return "\n".join(paragraph_text(part, frame) for part in paragraphs(lines, frame))
