"""What is missing: placeholders left in, fields of the cover left blank. These never accuse: nothing was stated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from jixiao.checks.case import Case
from jixiao.findings import Finding, Severity, Verdict
from patterns.rules import TextRule, fields_to_fill, placeholder_rules

COVER = 1200
"""So many characters from the start of a report its cover can take."""


def placeholders(case: Case) -> Iterator[Finding]:
    """Tell of placeholders of a template (XX万元, **人) that were left in the report."""
    return _found(case.text(), placeholder_rules(), "blank.placeholder")


def fields(case: Case) -> Iterator[Finding]:
    """Tell of fields of the cover (项目单位, 填报日期) that were left blank."""
    return _found(case.text()[:COVER], fields_to_fill(), "blank.field")


def _found(text: str, rules: Sequence[TextRule], check_id: str) -> Iterator[Finding]:
    """Yield one finding for each rule that matches: the first place, and how many there are."""
    for rule in rules:
        places = [_around(text, found) for found in rule.regex.finditer(text)]
        if not places:
            continue
        blank = "field" in check_id
        more_en = f" ({len(places)} places)" if len(places) > 1 else ""
        more_zh = f"（共{len(places)}处）" if len(places) > 1 else ""
        yield Finding(
            check_id=f"{check_id}.{rule.id}",
            verdict=Verdict.UNCHECKABLE,
            severity=Severity.LOW,
            stated=places[0],
            computed="",
            message=f"{rule.en[:1].upper()}{rule.en[1:]}{' is blank' if blank else ''}{more_en}: {places[0]}",
            message_zh=f"{rule.zh}{'为空' if blank else ''}{more_zh}：“{places[0]}”。",
            quotes=tuple(dict.fromkeys(places)),
        )


def _around(text: str, found: regex.Match[str]) -> str:
    return "".join(text[max(0, found.start() - 12) : found.end() + 8].split())
