"""What OCR gets wrong in a way that can be told with certainty; a digit is never changed."""

from __future__ import annotations

import re

_PAIRS = {"[": "]", "〔": "〕", "（": "）", "(": ")", "【": "】", "［": "］", "﹝": "﹞"}
_DOCUMENT_NUMBER = re.compile(
    r"(?<=[\u4e00-\u9fff])([\[〔（(【［﹝「『]?)\s*((?:19|20)\d{2})\s*([〕）)】\]］﹞」』]?)(?=\s*(?:第\s*)?\d{1,4}\s*号)"
)
_THOUSANDS = re.compile(r"(?<![\d.,，])(\d{1,3})((?:[.,，]\d{3})+)(\.\d{1,2})(?!\d)")
_MIXED_PAIR = re.compile(r"[（(]([^（()）]{0,40})[)）]")


def mend(text: str) -> str:
    """Return ``text`` with brackets and thousands points made right where only one reading is possible."""
    text = _DOCUMENT_NUMBER.sub(_bracketed, text)
    text = _THOUSANDS.sub(_grouped, text)
    return _MIXED_PAIR.sub(_paired, text)


def _bracketed(match: re.Match[str]) -> str:
    """民生办〔2021〕7号: the brackets of a document number, of which one was lost or read as another kind."""
    left, year, right = match.groups()
    if (not left and not right) or _PAIRS.get(left) == right:
        return match.group()
    return f"〔{year}〕"


def _grouped(match: re.Match[str]) -> str:
    """1.203.50 can only be 1,203.50: a figure has one decimal point."""
    head, groups, decimals = match.groups()
    return head + re.sub(r"[.，]", ",", groups) + decimals


def _paired(match: re.Match[str]) -> str:
    """Give a pair of brackets of which one is full width and one is not the width of its surroundings."""
    whole = match.group()
    if _PAIRS[whole[0]] == whole[-1]:
        return whole
    return f"（{match.group(1)}）"
