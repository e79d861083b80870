"""Every entry of ``patterns/`` is held to its own examples, and the catalogue to its rules."""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
import regex
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import patterns
from parsers.figures.quantities import KINDS, bound_at
from parsers.figures.scan import Mark
from patterns import CatalogueError, Example, Pattern
from patterns.catalogue import _pattern, alternation, expand
from tests.conftest import ROOT
from tests.small_documents import marks
from tests.timing import within

LIMIT = 3.0
"""Processor seconds for 100,000 hostile characters; what grows with the square takes many times as long."""

FIELDS = {
    "accounts": {"cue"},
    "bounds": {"left", "right", "compared"},
    "changes": {"cue"},
    "citations": {"cue", "number", "title", "document", "between", "issuer", "own"},
    "covers": {
        "rater",
        *(
            "caption",
            "cover",
            "cue",
            "generic",
            "genre",
            "grade",
            "organisation",
            "page",
            "project",
            "rater",
            "run-on",
            "score",
            "signature",
            "title",
            "year",
            "year-label",
        ),
    },
    "figures": {"cue", "mean"},
    "grades": {"after", "before", "cue", "name"},
    "headings": {"cue", "heading", "inline", "run-in"},
    "naming": {"cue", "lead", "trail", "scope", "generic", "subject", "noun_end"},
    "periods": {
        *("skip_left", "skip_right", "end_of_year", "this_year", "last_year", "year_end", "turn", "act", "cited"),
        *("cue", "header_dated", "header_last_year", "header_last_year_end", "header_year_end"),
        *("compared_year", "last_year_end"),
    },
    "quantities": {"quantity"},
    "refusals": {
        *("code", "date", "document_number", "indefinite", "level", "list_marker"),
        *("measured", "name", "ordinal", "page_number", "phone", "time", "vague"),
    },
    "regions": {"cue"},
    "relations": {"cue", "opens", "closes", "first", "partial", "other", "rest", "across", "family", "whole"},
    "roles": {"cue", "left", "right", "clause", "segment", "heading"},
    "scores": {"column", "cue", "given", "item", "level", "list", "statement", "top", "total"},
    "shares": {"cue", "same_deed"},
    "tables": {
        "aside",
        "caption",
        "captions",
        "unit_each",
        "column",
        "cue",
        "header",
        "suits",
        "total",
        "unit",
        "void",
    },
}
PREFIXES = {
    "accounts": ("balance.", "budget.", "column.", "deduction.", "mean.", "ratio.", "sum.", "survey."),
    "bounds": ("bound.",),
    "changes": ("change.", "price.", "reach."),
    "citations": ("citation.",),
    "covers": ("conclusion.", "cover.", "organisation.", "page.", "project.", "title."),
    "figures": ("figure.",),
    "grades": ("grade.",),
    "headings": ("heading.",),
    "naming": ("naming.",),
    "periods": ("period.",),
    "quantities": ("amount.", "count.", "quantity.", "rate.", "score."),
    "refusals": ("refuse.",),
    "regions": ("region.",),
    "relations": ("relation.",),
    "roles": ("role.",),
    "scores": ("mark.",),
    "shares": ("completion.", "identity.", "share."),
    "tables": ("table.",),
}
SET_KEYS = {
    "bounds": {"bound"},
    "citations": {"where"},
    "covers": {"rater", "field", "rank", "tier"},
    "figures": {"unit"},
    "grades": {"grade"},
    "headings": {"style"},
    "quantities": {"kind", "unit", "role"},
    "roles": {"role", "kinds", "unless", "weak"},
    "scores": {"part"},
    "tables": {"role", "kind", "money", "unit", "units"},
}
SET_VALUES: dict[str, set[str]] = {
    "bound": {"eq", "ge", "gt", "le", "lt", "approx"},
    "grade": {"优", "良", "中", "差"},
    "role": {"actual", "target", "norm", "full", "awarded"},
    "kind": set(KINDS),
    "kinds": set(KINDS),
    "money": {"yes"},
    "units": {unit.name for unit in patterns.units()} | {"money", "price"},
}
WANTED = {"value", "low", "high", "unit", "kind", "per", "bound"}
UNIT_KEYS = {"name", "kind", "factor", "forms", "unless", "only"}
LEFT_OVER = {"this_year", "openings", "strong_classifiers", "hanzi_digit", "year_hanzi"}
"""Fields, word lists and parts that nothing uses any more: to be used or removed; the set may only shrink."""
ID = regex.compile(r"[a-z]+(?:\.[a-z]+(?:-[a-z]+)*)+")

ALL = [(name, pattern) for name in patterns.names() for pattern in patterns.catalogue(name)]
EACH = [pytest.param(name, pattern, id=pattern.id) for name, pattern in ALL]
EXAMPLES = [
    pytest.param(name, pattern, example, id=f"{pattern.id}-{example.text}")
    for name, pattern in ALL
    for example in pattern.examples
]
COUNTEREXAMPLES = [
    pytest.param(name, pattern, text, id=f"{pattern.id}-{text}")
    for name, pattern in ALL
    for text in pattern.counterexamples
]
IN_ORDER = ("bounds", "headings", "roles", "tables")
"""Files in which the first pattern of a field that matches is the one that answers."""


def of(name: str, cases: list[pytest.ParameterSet]) -> list[pytest.ParameterSet]:
    return [case for case in cases if case.values[0] == name]


# The catalogue


def test_every_file_has_its_rules_here() -> None:
    assert set(patterns.names()) == set(FIELDS) == set(PREFIXES)


def test_ids_are_unique_over_all_files() -> None:
    assert [id_ for id_, count in Counter(pattern.id for _, pattern in ALL).items() if count > 1] == []


def test_no_expression_stands_twice() -> None:
    assert [source for source, count in Counter(p.regex.pattern for _, p in ALL).items() if count > 1] == []


@pytest.mark.parametrize(("name", "pattern"), EACH)
def test_an_entry_keeps_to_the_closed_vocabularies(name: str, pattern: Pattern) -> None:
    assert ID.fullmatch(pattern.id) and pattern.id.startswith(PREFIXES[name])
    assert pattern.field in FIELDS[name]
    assert set(pattern.set) <= SET_KEYS.get(name, set())
    for key, value in pattern.set.items():
        assert set(value.split()) <= SET_VALUES.get(key, {value}), f"{key} = {value!r}"
    assert pattern.description.strip() == pattern.description != ""


@pytest.mark.parametrize(("name", "pattern"), EACH)
def test_an_entry_has_both_polarities(name: str, pattern: Pattern) -> None:
    assert pattern.examples, f"{name}.toml: {pattern.id} has no examples"
    assert pattern.counterexamples, f"{name}.toml: {pattern.id} has no counterexamples"


@pytest.mark.parametrize("name", patterns.names())
def test_examples_have_no_keys_of_their_own(name: str) -> None:
    for entry in patterns.table(name)["pattern"]:
        for example in entry["examples"]:
            assert set(example) <= {"text", "match", "groups", "want"}, entry["id"]
            assert set(example.get("want", {})) <= WANTED, entry["id"]


@pytest.mark.parametrize("name", sorted(set(FIELDS) - {"quantities", "refusals"}))
def test_every_field_is_asked_for(name: str) -> None:
    """A field that no parser names is a list of patterns that nobody tries."""
    rooms = [*(ROOT / "parsers").rglob("*.py"), *(ROOT / "jixiao" / "checks").rglob("*.py")]
    source = "".join(path.read_text(encoding="utf-8") for path in rooms)
    used = {pattern.field for pattern in patterns.catalogue(name)}
    cues = {pattern.id for pattern in patterns.catalogue(name) if pattern.field == "cue"}
    asked = (used - {"cue"}) | cues
    assert {field for field in asked if f'"{field}"' not in source} <= LEFT_OVER


# Examples


@pytest.mark.parametrize(("name", "pattern", "example"), EXAMPLES)
def test_an_example_is_matched_exactly(name: str, pattern: Pattern, example: Example) -> None:
    found = list(pattern.regex.finditer(example.text))
    exact = [match for match in found if match[0] == example.match]
    assert exact, f"{name}.toml: found {[match[0] for match in found]}"
    wanted = dict(example.groups)
    assert any({group: match[group] for group in wanted} == wanted for match in exact)


@pytest.mark.parametrize(("name", "pattern", "text"), COUNTEREXAMPLES)
def test_a_counterexample_is_left_alone(name: str, pattern: Pattern, text: str) -> None:
    found = pattern.regex.search(text)
    assert found is None, f"{name}.toml: matches {found[0]!r}"


def test_a_known_gap_is_still_one() -> None:
    """What a pattern no longer takes wrongly is one of its counterexamples."""
    assert [
        (pattern.id, text) for _, pattern in ALL for text in pattern.known_gaps if not pattern.regex.search(text)
    ] == []


@pytest.mark.parametrize(("name", "pattern", "example"), [case for name in IN_ORDER for case in of(name, EXAMPLES)])
def test_no_earlier_pattern_answers_otherwise(name: str, pattern: Pattern, example: Example) -> None:
    for kind in pattern.set.get("kinds", "amount").split():
        rivals = [
            rival
            for rival in patterns.catalogue(name)
            if rival.field == pattern.field and kind in rival.set.get("kinds", kind).split()
        ]
        first = next(rival for rival in rivals if rival.regex.search(example.text))
        answer = {key: value for key, value in pattern.set.items() if key != "kinds"}
        assert {key: value for key, value in first.set.items() if key != "kinds"} == answer, first.id


@pytest.mark.parametrize(("name", "pattern", "example"), of("bounds", EXAMPLES))
def test_a_bound_is_read_beside_a_figure(name: str, pattern: Pattern, example: Example) -> None:
    figure = "50%"
    if pattern.field == "left":
        text, start = example.text + figure, len(example.text)
    elif pattern.field == "right":
        text, start = figure + example.text, 0
    else:
        text, start = "低于" + figure + example.text, len("低于")
    assert (bound_at(text, start, start + len(figure)) or "eq") == pattern.set["bound"], name


@pytest.mark.parametrize(("name", "pattern", "example"), of("refusals", EXAMPLES))
def test_a_refusal_is_no_quantity(name: str, pattern: Pattern, example: Example) -> None:
    """But for what the first pattern spares: that is a quantity."""
    at = example.text.index(example.match)
    (mark,) = [mark for mark in marks(example.text) if mark.start < at + len(example.match) and at < mark.end]
    wanted = "quantity" if pattern.field == "measured" else pattern.field
    assert mark.what == wanted, f"{name}.toml: {mark.pattern} took it"


@pytest.mark.parametrize(("name", "pattern", "text"), of("refusals", COUNTEREXAMPLES))
def test_a_refusal_does_not_refuse_too_much(name: str, pattern: Pattern, text: str) -> None:
    assert pattern.id not in {mark.pattern for mark in marks(text)}, name


@pytest.mark.parametrize(("name", "field"), sorted((name, field) for name in FIELDS for field in FIELDS[name]))
def test_patterns_joined_find_what_each_finds(name: str, field: str) -> None:
    """A matcher is faster than its patterns one by one, and must not be another thing."""
    joined = patterns.matcher(name, field)
    texts = {text for _, pattern in ALL for text in (*pattern.counterexamples, *(e.text for e in pattern.examples))}
    for text in texts:
        assert joined.found_in(text) == any(p.regex.search(text) for p in joined.patterns), text
        for at in range(len(text)):
            first = next((pattern for pattern in joined.patterns if pattern.regex.match(text, at)), None)
            found = joined.match(text, at)
            assert (found and found[0]) is first, (text, at)
            if found is not None and first is not None and (alone := first.regex.match(text, at)) is not None:
                assert found[1].span() == alone.span()
                assert found[1].group(*alone.groupdict(), 0) == alone.group(*alone.groupdict(), 0)


# Quantities: what the parser makes of an example


def quantity_of(pattern: Pattern, example: Example) -> Mark:
    return next(
        mark
        for mark in marks(example.text)
        if mark.pattern == pattern.id and example.text[mark.start : mark.end].endswith(example.match)
    )


@pytest.mark.parametrize(("name", "pattern", "example"), of("quantities", EXAMPLES))
def test_a_quantity_is_read_as_wanted(name: str, pattern: Pattern, example: Example) -> None:
    assert example.want, f"{name}.toml: an example of {pattern.id} does not say what it wants"
    quantity = quantity_of(pattern, example).quantity
    assert quantity is not None
    for key, wanted in example.want.items():
        got = getattr(quantity, key)
        assert got == (Decimal(wanted) if key in ("value", "low", "high") else wanted), key
    assert (quantity.value is None) == (quantity.low is not None) == (quantity.high is not None)


@pytest.mark.parametrize(("name", "pattern", "text"), of("quantities", COUNTEREXAMPLES))
def test_a_counterexample_is_not_read_as_the_quantity(name: str, pattern: Pattern, text: str) -> None:
    assert pattern.id not in {mark.pattern for mark in marks(text)}, name


# Units and words

FORMS = [(unit, form) for unit in patterns.units() for form in unit.forms]


@pytest.mark.parametrize(("unit", "form"), FORMS, ids=[f"{unit.name}-{form}" for unit, form in FORMS])
def test_every_form_of_a_unit_is_read(unit: patterns.Unit, form: str) -> None:
    text = f"共12{form}" + ("以内" if regex.match(unit.only, "") is None else "")
    (mark,) = marks(text)
    quantity = mark.quantity
    assert quantity is not None
    assert (quantity.kind, quantity.unit, quantity.value) == (unit.kind, unit.name, 12 * unit.factor)
    assert text[quantity.span.start : quantity.span.end] == f"12{form}"


def test_a_form_belongs_to_one_unit() -> None:
    assert [form for form, count in Counter(form for _, form in FORMS).items() if count > 1] == []


@pytest.mark.parametrize("unit", patterns.units(), ids=lambda unit: f"{unit.kind}-{unit.name}")
def test_a_unit_is_well_formed(unit: patterns.Unit) -> None:
    assert unit.kind in KINDS
    assert unit.factor > 0
    assert unit.forms and all(form.strip() == form != "" for form in unit.forms)
    regex.compile(f"(?!{unit.unless})(?={unit.only})")


def test_units_have_no_keys_of_their_own() -> None:
    for entry in patterns.table("units")["unit"]:
        assert set(entry) <= UNIT_KEYS, entry["name"]


@pytest.mark.parametrize("name", patterns.table("lexicon"))
def test_a_word_list_holds_words_once(name: str) -> None:
    words = patterns.table("lexicon")[name]
    assert [word for word, count in Counter(words).items() if count > 1] == []
    assert words and all(word.strip() == word != "" for word in words)
    assert patterns.lexicon(name) == frozenset(words)


def test_every_word_list_and_part_is_used() -> None:
    data = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "patterns").glob("*.toml"))
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "parsers").rglob("*.py"))
    lists = {name for name in patterns.table("lexicon") if f"{{words:{name}}}" not in data and f'"{name}"' not in code}
    parts = {name for name in patterns.table("parts")["part"] if f"{{{name}}}" not in data}
    assert lists | parts <= LEFT_OVER


# Rules that a new entry may break

ENTRY = """
[[pattern]]
id = "rate.mine"
field = "quantity"
description = "Mine."
regex = '(?P<num>{arabic})成'
examples = [{ text = "3成", match = "3成", want = { value = "30" } }]
counterexamples = ["成"]
"""


def read(text: str) -> Pattern:
    (entry,) = tomllib.loads(text)["pattern"]
    return _pattern("mine", entry)


def test_a_good_entry_is_read() -> None:
    pattern = read(ENTRY)
    assert pattern.id == "rate.mine" and pattern.examples[0].want == {"value": "30"}
    assert pattern.regex.fullmatch("1,200.5成") is not None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("counterexamples", "counterexample"), r"mine\.toml, pattern rate\.mine: unknown keys counterexample;"),
        (("description", "note"), r"unknown keys note"),
        (('field = "quantity"\n', ""), r"lacks field"),
        (("(?P<num>{arabic})", "(?P<num>{arabic}"), r"mine\.toml, pattern rate\.mine: .*\)"),
        (("{arabic}", "{no_such_part}"), r"no part 'no_such_part'"),
        (("{arabic}", "{words:no_such_list}"), r"no list 'no_such_list'; it has .*groups"),
    ],
)
def test_a_bad_entry_is_refused_with_file_and_reason(change: tuple[str, str], message: str) -> None:
    with pytest.raises(CatalogueError, match=message):
        read(ENTRY.replace(*change))


def test_quantifiers_are_no_parts() -> None:
    assert expand(r"\d{1,3}[一-龥]{2}x{3}") == r"\d{1,3}[一-龥]{2}x{3}"


def test_parts_that_hold_themselves_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = {"part": {"loop": "a{loop}"}}
    module = sys.modules["patterns.catalogue"]  # the package's function of that name hides the module
    monkeypatch.setattr(module, "table", lambda _: parts)
    with pytest.raises(CatalogueError, match="nest deeper"):
        expand("{loop}", "mine.toml")


def test_alternations_try_the_longest_first() -> None:
    assert regex.fullmatch(alternation(["人", "人次", "a.b"]), "人次") is not None
    assert regex.match(alternation(["人", "人次"]), "人次")[0] == "人次"
    assert regex.fullmatch(alternation(["a.b"]), "axb") is None


# Time

N = 100_000
HOSTILE = {
    "digits": "1234567890" * (N // 10),
    "hanzi one": "一" * N,
    "hanzi ten": "十" * N,
    "open brackets": "(" * N,
    "words": "医疗救助资金人" * (N // 7),
    "list": "三、" * (N // 2),
    "mixed": "(1、二万3%元至2021-" * (N // 13),
}


def too_slow(pattern: Pattern) -> list[str]:
    slow = []
    for name, text in HOSTILE.items():
        try:
            with within(LIMIT):
                for _ in pattern.regex.finditer(text):
                    pass
        except TimeoutError:
            slow.append(name)
            break
    return slow


@pytest.mark.parametrize(("name", "pattern"), [pytest.param(*one, id=one[1].id) for one in ALL])
def test_a_pattern_ends_on_hostile_text(name: str, pattern: Pattern) -> None:
    assert too_slow(pattern) == [], name


NEEDING = [(name, pattern) for name, pattern in ALL if pattern.needs is not None]
_GROUP = re.compile(r"\(\?P?<[a-z_]\w*>")


def without_names(source: str) -> str:
    """Return a regex without the names of its groups, two of which may be the same."""
    return _GROUP.sub("(?:", source)


@pytest.mark.parametrize(("name", "pattern"), [pytest.param(*one, id=one[1].id) for one in NEEDING])
def test_what_a_pattern_needs_is_in_all_that_it_matches(name: str, pattern: Pattern) -> None:
    try:
        source = re.compile(without_names(pattern.regex.pattern))
    except re.error:  # a look-behind of several lengths: its examples have to do
        assert all(pattern.search(example.text) is not None for example in pattern.examples), name
        return

    @given(st.from_regex(source))
    @settings(max_examples=100, suppress_health_check=list(HealthCheck))
    def holds(text: str) -> None:
        if pattern.regex.search(text) is not None:
            assert pattern.needs is not None
            assert pattern.needs.search(text) is not None

    holds()


@pytest.mark.parametrize(("name", "pattern"), [pytest.param(*one, id=one[1].id) for one in ALL if one[1].begins])
def test_what_a_pattern_matches_begins_as_it_says(name: str, pattern: Pattern) -> None:
    assert pattern.begins in (r"\d", r"\D"), name
    assert all(re.match(pattern.begins, example.match) for example in pattern.examples), name
    other = "〇一二三四五六七八九十百千万亿半" if pattern.begins == r"\d" else "0123456789"
    assert not any(pattern.regex.match(first + rest) for first in other for rest in ("", "年", "、", "个", "1月", "%"))


@pytest.mark.parametrize("name", ["quantities", "refusals"])
def test_patterns_that_begin_otherwise_are_not_missed(name: str) -> None:
    texts = {text for _, pattern in ALL for text in (*pattern.counterexamples, *(e.text for e in pattern.examples))}
    for text in texts:
        for at, char in enumerate(text):
            asked = patterns.matcher(name, "", r"\d" if char.isdecimal() else r"\D").match(text, at)
            found = patterns.matcher(name).match(text, at)
            assert (asked and asked[0]) is (found and found[0]), (text, at)


def test_patterns_come_from_the_package() -> None:
    """The files are read where they are installed, not in the folder where the user stands."""
    assert Path(patterns.__file__).parent.joinpath("units.toml").is_file()
