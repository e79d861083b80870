"""The rule packs: every rule finds its own sentence right and the other wrong; a broken pack is refused."""

from __future__ import annotations

from typing import Any

import pytest
import regex

from jixiao.findings import Verdict
from patterns import CatalogueError, rules
from patterns.rule_files import require
from tests.checking import findings

RATES = rules.rate_rules()
IDENTITIES = rules.identities()
LIMITS = rules.limits()
TEXTS = (*rules.placeholder_rules(), *rules.fields_to_fill())


def verdicts(sentence: str, check_id: str) -> set[Verdict]:
    return {found.verdict for found in findings(sentence) if found.check_id == check_id}


@pytest.mark.parametrize("rule", RATES, ids=lambda rule: rule.id)
def test_a_rate_rule_tells_its_sentences_apart(rule: rules.RateRule) -> None:
    assert verdicts(rule.holds, f"rate.{rule.id}") == {Verdict.CONSISTENT}
    if rule.fails:
        assert verdicts(rule.fails, f"rate.{rule.id}") == {Verdict.INCONSISTENT}
    else:
        assert rule.loose


@pytest.mark.parametrize("rule", IDENTITIES, ids=lambda rule: rule.id)
def test_an_identity_tells_its_sentences_apart(rule: rules.Identity) -> None:
    assert Verdict.CONSISTENT in {f.verdict for f in findings(rule.holds) if f.check_id.startswith("sum.parts")}
    assert not [f for f in findings(rule.holds) if f.verdict is Verdict.INCONSISTENT]
    if rule.fails:
        assert Verdict.INCONSISTENT in {f.verdict for f in findings(rule.fails) if f.check_id.startswith("sum.parts")}
    else:
        assert not rule.decides


@pytest.mark.parametrize("rule", LIMITS, ids=lambda rule: rule.id)
def test_a_limit_tells_its_sentences_apart(rule: rules.Limit) -> None:
    assert verdicts(rule.holds, f"limit.{rule.id}") == set()
    assert verdicts(rule.fails, f"limit.{rule.id}") == {Verdict.INCONSISTENT}


@pytest.mark.parametrize("rule", TEXTS, ids=lambda rule: rule.id)
def test_a_text_rule_finds_what_was_left_in(rule: rules.TextRule) -> None:
    assert rule.regex.search(rule.fails)
    assert not rule.regex.search(rule.holds)


def test_rules_have_names_of_their_own() -> None:
    for pack in (RATES, IDENTITIES, LIMITS, TEXTS):
        names = [rule.id for rule in pack]
        assert len(names) == len(set(names))


KEYS = ("id", "zh", "en", "rate", "part", "base", "kinds", "holds", "fails")
ENTRY: dict[str, Any] = dict.fromkeys(KEYS, "x")


@pytest.mark.parametrize("key", [key for key in ENTRY if key != "id"])
def test_a_rule_that_lacks_a_key_is_refused_by_name(key: str) -> None:
    with pytest.raises(CatalogueError, match=rf"rate x: lacks .*{key}"):
        require({**ENTRY, key: ""}, list(ENTRY), "checks/rates.toml, rate x")


def test_a_rule_with_a_bad_expression_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_read", lambda _: {"rate": [{**ENTRY, "part": "("}]})
    rules.default_rules.cache_clear()
    try:
        with pytest.raises(CatalogueError, match="rate x: part"):
            rules.rate_rules()
    finally:
        monkeypatch.undo()
        rules.default_rules.cache_clear()


def test_names_that_a_rule_bars_are_no_part_of_it() -> None:
    (rule,) = (rule for rule in RATES if rule.id == "execution")
    assert rule.is_part("实际支出")
    assert not rule.is_part("未支出")
    assert rule.is_base("预算安排")
    assert not rule.is_base("冻结指标")
    assert isinstance(rule.part, regex.Pattern)
