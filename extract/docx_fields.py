"""Fields: their result is text, their instruction is not. A few have no result and draw what the instruction says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract import docx_symbols
from extract.docx_numerals import FORMATS
from extract.docx_properties import integer, switch
from extract.ooxml_package import Element, W

_SYMBOL = re.compile(r"\s*SYMBOL\s+(?P<code>0x[0-9a-f]{1,6}|\d{1,7})(?:.*?\\f\s+\"?(?P<font>[^\"\\]+))?", re.IGNORECASE)
_EQUATION = re.compile(r"\s*EQ\b(?P<body>.*)", re.IGNORECASE | re.DOTALL)
_CIRCLES = "○〇◯Oo"


@dataclass(slots=True)
class Field:
    """A complex field that has begun: until ``separate`` comes its instruction, then its result."""

    form: Element | None = None
    instruction: list[str] = field(default_factory=list)
    in_result: bool = False
    said: bool = False
    held: list[str] = field(default_factory=list)
    """Text met inside the instruction: shown after all where the field never ends."""

    def drawn(self) -> str:
        """Return what a field without a result shows."""
        return without_result("".join(self.instruction), self.form)


def without_result(instruction: str, form: Element | None) -> str:
    """Return what a field shows that has no result: a form's box or choice, a symbol, letters laid over each other."""
    if form is not None and (found := _form(form)):
        return found
    if match := _SYMBOL.match(instruction):
        return docx_symbols.character((match["font"] or "").strip() or None, int(match["code"], 0))
    if match := _EQUATION.match(instruction):
        return _equation(match["body"])
    return ""


def _form(form: Element) -> str:
    box = form.find(W + "checkBox")
    if box is not None:
        checked = switch(box, "checked")
        return "☑" if (switch(box, "default") if checked is None else checked) else "□"
    choices = form.find(W + "ddList")
    if choices is not None:
        entries = [entry.get(W + "val", "") for entry in choices.iterchildren(W + "listEntry")]
        chosen = integer(choices, "result") or integer(choices, "default") or 0
        return entries[chosen] if 0 <= chosen < len(entries) else ""
    return ""


def _equation(body: str) -> str:
    r"""Return the letters of an EQ field: ``\o\ac(○,1)`` is ①, a phonetic guide its base, ``\f(1,2)`` 1/2."""
    head = re.sub(r"\\\*\s*(?:\"[^\"]*\"|\S+)", "", body)
    arguments = [part.strip() for part in _arguments(head)]
    if not arguments:
        return ""
    name = re.match(r"\s*\\(\w)", head)
    if name and name[1].lower() == "f" and len(arguments) == 2:
        return "/".join(arguments)
    if name and name[1].lower() == "o":
        ring, letter = arguments[0], arguments[-1]
        if ring in _CIRCLES and letter.isdigit():
            return FORMATS["decimalEnclosedCircle"](int(letter)) if len(letter) < 3 else letter
        return letter
    return "".join(arguments)


def _arguments(text: str) -> list[str]:
    """Return what stands between the outermost brackets, cut at commas; inner switches give their own letters."""
    start = text.find("(")
    if start < 0:
        return []
    parts = [""]
    depth = 0
    for sign in text[start:]:
        if sign == "(":
            depth += 1
            if depth == 1:
                continue
        elif sign == ")":
            depth -= 1
            if depth == 0:
                break
        if depth == 1 and sign in ",;":
            parts.append("")
        else:
            parts[-1] += sign
    return [_equation(part) if re.match(r"\s*\\\w", part) else part for part in parts]
