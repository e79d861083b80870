"""A report that lost its line ends: 一、 and (一) inside one paragraph, their titles running into the text."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from parsers.figures.numbers import read_hanzi
from patterns import cue

LEAST_TEXT = 12
"""So many characters stand below a heading of the first level; fewer are an item of a list."""
_FIRST = regex.compile(r"(?:^|(?<=[。:;)]))(?P<number>[一二三四五六七八九十]{1,3})、")
_SECOND = regex.compile(r"(?<=[。:;)一-龥])\((?P<number>[一二三四五六七八九十]{1,3})\)")
_TITLE = cue("headings", "heading.cue.run-on")


def run_on(text: str) -> Iterator[tuple[str, int, int, int]]:
    """Yield style and place of the headings inside a folded paragraph: where number, title and text begin.

    Only where 一、, 二、 and so on all have a title that ends as titles do, with text below; else they are items.
    """
    if "二、" not in text:
        return
    heads = list(_FIRST.finditer(text))
    if len(heads) < 2 or [read_hanzi(head["number"]) for head in heads] != list(range(1, len(heads) + 1)):
        return
    titles = [_TITLE.match(text, head.end()) for head in heads]
    ends = [*(head.start() for head in heads[1:]), len(text)]
    if not all(title is not None and end - title.end() >= LEAST_TEXT for title, end in zip(titles, ends, strict=True)):
        return
    found = [("hanzi", head, title) for head, title in zip(heads, titles, strict=True)]
    found += [("hanzi-paren", head, _TITLE.match(text, head.end())) for head in _SECOND.finditer(text)]
    for style, head, title in sorted(found, key=lambda item: item[1].start()):
        if title is not None:
            yield style, head.start(), head.end(), title.end()
