"""Formulas on one line: a fraction as a/b, an exponent as a^b; everything else in the order it is written."""

from __future__ import annotations

from typing import Final

from extract.ooxml_package import Element, W

MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_TEXT: Final = (MATH + "t", W + "t")
_DELETED: Final = (W + "del", W + "moveFrom")
_OPERATORS: Final = frozenset("+-−－＋×÷*/")


def equation(element: Element) -> str:
    """Return the text of an ``m:oMath`` or of anything in it."""
    tag = element.tag
    if tag in _TEXT:
        return element.text or ""
    if not isinstance(tag, str) or tag in _DELETED or tag.endswith("Pr"):
        return ""
    if tag == MATH + "f":
        return "/".join(_bracketed(_of(element, name)) for name in ("num", "den"))
    if tag == MATH + "sSup":
        return f"{_of(element, 'e')}^{_of(element, 'sup')}"
    if tag == MATH + "d":
        properties = element.find(MATH + "dPr")
        inner = ",".join(equation(child) for child in element.iterchildren(MATH + "e"))
        return _bracket(properties, "begChr", "(") + inner + _bracket(properties, "endChr", ")")
    return "".join(equation(child) for child in element)


def _of(element: Element, name: str) -> str:
    return "".join(equation(child) for child in element.iterchildren(MATH + name))


def _bracketed(text: str) -> str:
    return f"({text})" if _OPERATORS & set(text) else text


def _bracket(properties: Element | None, name: str, usual: str) -> str:
    found = None if properties is None else properties.find(MATH + name)
    return usual if found is None else str(found.get(MATH + "val", ""))
