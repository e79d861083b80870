"""Characters that a symbol font draws: which Unicode character a reader sees for a code of Wingdings or Symbol."""

from __future__ import annotations

import re
from typing import Final

_CODE: Final = re.compile("[\uf000-\uf0ff]")
FALLBACK: Final = "•"
"""For a drawing that has no common character: something stands here."""


def _codes(first: int, characters: str) -> dict[int, str]:
    return {first + step: character for step, character in enumerate(characters) if character != " "}


_WINGDINGS: Final = {
    **_codes(0x45, "☜☞☝☟"),
    **_codes(0x6C, "●❍■□□❑❒◆◆◆❖◆☒"),
    **_codes(0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
    **_codes(0x9E, "·•▪○○○◉◎○▪□"),
    **_codes(0xAA, "✦★✶"),
    **_codes(0xD8, "➢"),
    **_codes(0xDF, "←→↑↓↖↗↙↘⬅➡⬆⬇"),
    **_codes(0xEF, "⇦⇨⇧⇩⬄⇳"),
    **_codes(0xFB, "✗✓☒☑"),
    0x28: "☎",
    0x2A: "✉",
    0x4A: "☺",
}
_WINGDINGS_2: Final = {
    **_codes(0x4F, "✗✓☒☑☒☒"),
    **_codes(0x69, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
    **_codes(0x95, "•●●●○"),
    0xA3: "□",
}
_WINGDINGS_3: Final = {
    **_codes(0x21, "→←↑↓"),
    **_codes(0x70, "▲▼△▽◀▶◁▷"),
    0x7D: "▶",
}
_SYMBOL: Final = {
    **_codes(0x20, " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅"),
    **_codes(0x41, "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"),
    **_codes(0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
    **_codes(0xA1, "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…"),
    **_codes(0xC0, "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"),
    0x20: " ",
    0xF1: "〉",
    0xF2: "∫",
}
_WEBDINGS: Final = {**_codes(0x33, "◀▶▲▼"), 0x61: "✓", 0x63: "□", 0x67: "■", 0x6E: "●", 0x72: "✗"}
FONTS: Final = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "symbol": _SYMBOL,
    "webdings": _WEBDINGS,
}


def is_symbol_font(name: str | None) -> bool:
    """Return whether the font draws signs in place of letters."""
    return name is not None and name.lower() in FONTS


def character(font: str | None, code: int) -> str:
    """Return what a reader sees for ``code`` (0xF000 is the private area's offset); never a private character."""
    low = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    table = FONTS.get((font or "").lower())
    if table is None and low != code:  # the font is lost: mostly it was one of these two
        table = _WINGDINGS if low in _WINGDINGS else _SYMBOL
    if table is not None and low < 0x100:
        return table.get(low, " " if low in (0x20, 0xA0) else FALLBACK)
    if 0xE000 <= code <= 0xF8FF or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF or code < 0x20:
        return FALLBACK
    return chr(code)


def shown(font: str | None, text: str) -> str:
    """Return ``text`` as ``font`` draws it: letters of a symbol font, and codes of such fonts in any other."""
    drawn = is_symbol_font(font)
    if not drawn and _CODE.search(text) is None:
        return text
    return "".join(
        character(font, ord(sign)) if (drawn and sign < "\u0100") or "\uf000" <= sign <= "\uf0ff" else sign
        for sign in text
    )
