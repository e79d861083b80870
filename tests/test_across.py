"""Across the reports of a run: what stands out among places, the same report twice, versions of one report."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import jixiao
from jixiao.across import across
from jixiao.across.outliers import FAR, PLACES, _median
from jixiao.across.versions import versions
from jixiao.findings import Finding, Severity, Verdict
from jixiao.result import FileResult, Status
from parsers import parse
from parsers.packs import default_packs, with_indicators
from tests.conftest import ROOT
from tests.report_generator import broken, consistent
from tests.small_documents import document

PACKS = default_packs()
COUNTIES = [
    *("新丰县", "始兴县", "仁化县", "翁源县", "南雄市", "乐昌市", "连平县", "和平县"),
    *("龙川县", "紫金县", "东源县", "大埔县", "丰顺县", "五华县"),
]


def files(*texts: str) -> list[FileResult]:
    done = []
    for number, text in enumerate(texts):
        read = document(*text.split("\n"))
        reports = tuple(with_indicators(report, PACKS) for report in parse(read))
        done.append(FileResult(f"{number}.txt", Status.OK, sha256=f"{number:02}" * 32, document=read, reports=reports))
    return done


def told(texts: Sequence[str], check_id: str = "across") -> list[tuple[str, Finding]]:
    """Return what is found across these reports, with the file that it is told of."""
    return [
        (file.file, finding)
        for file in across(files(*texts), PACKS)
        for findings in file.findings
        for finding in findings
        if finding.check_id.startswith(check_id)
    ]


def county(name: str, line: str, year: int = 2022) -> str:
    return f"项目支出绩效自评报告\n（{year}年度）\n项目单位：{name}医疗保障局\n一、概况\n{line}"


# Values that stand out

USUAL = ["95.2", "96.1", "94.8", "95.5", "96.4", "93.9", "95.1", "94.2", "96.8"]


def satisfied(values: Sequence[str], year: int = 2022, first: int = 0) -> list[str]:
    names = COUNTIES[first:]
    return [county(name, f"群众满意度{value}%。", year) for name, value in zip(names, values, strict=False)]


def test_a_value_far_from_all_others_stands_out_and_is_not_called_wrong() -> None:
    ((file, found),) = told(satisfied([*USUAL, "62"]))
    assert file == f"{len(USUAL)}.txt"
    assert found.check_id == "across.outlier.satisfaction"
    assert (found.verdict, found.severity) == (Verdict.UNCHECKABLE, Severity.LOW)
    assert "明显偏低" in found.message_zh
    assert "偏离不等于有误" in found.message_zh
    assert "does not make it wrong" in found.message
    assert found.computed == "62% < 95.15%"
    assert found.difference == Decimal("-33.15")


@pytest.mark.parametrize(
    "values",
    [
        USUAL,
        [*USUAL, "89"],  # far by its deviation, near by its size
        [*["100"] * 9, "95"],  # nearly all alike
        [*USUAL[: PLACES - 2], "62"],  # too few places
        ["62", "71", "95", "55", "88", "99", "40", "77", "66", "20"],  # nothing is usual
        [*USUAL, "62以上"],  # a bound is no value
    ],
)
def test_what_lies_as_others_do_stands_out_nowhere(values: list[str]) -> None:
    texts = [text.replace("以上%", "%以上") for text in satisfied(values)]
    assert told(texts) == []


def test_where_most_agree_one_far_off_stands_out() -> None:
    ((_, found),) = told(satisfied([*["100"] * 9, "45"]))
    assert found.computed == "45% < 100%"


def test_years_are_kept_apart_where_each_has_places_enough() -> None:
    early = [
        county(name, f"群众满意度{value}%。", 2021) for name, value in zip(COUNTIES, ["71", "70.5"] * 5, strict=False)
    ]
    assert told([*satisfied(USUAL), *early]) == []


def test_years_are_put_together_where_one_has_too_few_places() -> None:
    ((_, found),) = told([*satisfied(USUAL[:5], 2021), *satisfied([*USUAL[:4], "60"], first=5)])
    assert "2021–2022" in found.message_zh


def test_totals_grow_with_the_place_and_stand_out_nowhere() -> None:
    amounts = ["812.5", "640", "1203.1", "955", "733.8", "884.2", "1010.6", "690.9", "9120"]
    texts = [county(name, f"部门年初预算{amount}万元。") for name, amount in zip(COUNTIES, amounts, strict=False)]
    assert told(texts) == []


RECEPTIONS = ["8.12", "6.40", "12.03", "9.55", "7.33", "8.84", "10.10", "6.90"]


def receptions(*last: str) -> list[str]:
    amounts = [*(f"{amount}万元" for amount in RECEPTIONS), *last]
    return [county(name, f"公务接待费支出{amount}。") for name, amount in zip(COUNTIES, amounts, strict=False)]


def test_yuan_for_ten_thousand_yuan_is_seen_among_other_places() -> None:
    ((_, less),) = told(receptions("9.03元"))
    assert less.check_id == "across.unit.reception"
    assert "若为9.03万元则相当" in less.message_zh
    ((_, more),) = told(receptions("90300万元"))
    assert "90300元 would be of their size" in more.message
    assert told(receptions("90300元")) == []
    assert told(receptions("52万元")) == [], "large, and no slip"


def test_projects_are_of_any_size() -> None:
    amounts = [*("812.5", "640", "1203.1", "955", "733.8", "884.2", "1010.6", "690.9"), "9034000"]
    texts = [county(name, f"项目预算安排{amount}万元。") for name, amount in zip(COUNTIES, amounts, strict=False)]
    assert told(texts) == []


def test_what_is_the_place_s_counts_once_however_many_reports_state_it() -> None:
    """One report of each of ten places, and nine more of the last: a place has one voice."""
    line = "参保率{}%。项目预算安排500万元。"
    texts = [
        county(name, line.format(value)).replace("\n一、", f"\n项目名称：{name}项目\n一、")
        for name, value in zip(COUNTIES, [*USUAL, "61"], strict=False)
    ]
    more = [texts[-1].replace("项目名称：", f"项目名称：第{number}") for number in range(9)]
    assert len(told([*texts, *more], "across.outlier")) == 1


@given(st.lists(st.fractions(), min_size=PLACES))
def test_half_of_all_values_never_stand_out(numbers: list[Fraction]) -> None:
    """By what a median is: at least half lie within one median deviation of it, and far is more than five."""
    middle = _median(numbers)
    spread = _median([abs(number - middle) for number in numbers])
    assert 2 * sum(abs(number - middle) <= spread for number in numbers) >= len(numbers)
    assert FAR > 5


# The same report twice, and versions

CHAPTERS = [
    "一、项目概况",
    "本项目由县民政局牵头实施，主要对全县困难群众给予临时救助，缓解因病因灾造成的基本生活困难，救助对象由乡镇初审、县局复核后公示。",
    "二、资金情况",
    "2022年预算安排困难群众救助资金580.50万元，其中中央资金400万元，省级资金120万元，县级资金60.50万元。全年实际支出566.27万元，预算执行率97.55%。",
    "三、产出情况",
    "全年共救助困难群众4218人次，人均救助水平1342.51元；救助对象认定准确率100%，资金发放及时率98.6%，开展政策宣传26场次，印发宣传资料12000份。",
    "四、效益情况",
    "通过项目实施，困难群众基本生活得到有效保障，群众获得感和幸福感进一步增强，经抽样调查，受访群众满意度为95.4%，社会反响良好，未发生负面舆情。",
    "五、存在问题",
    "个别乡镇申报资料不齐全，入户核查不够及时，宣传形式比较单一，部分偏远村组群众对政策不够了解。下一步将加强业务培训，完善主动发现机制。",
]


def whole(
    *, year: str = "2022", unit: str = "新丰县民政局", project: str = "临时救助", lines: Sequence[str] = CHAPTERS
) -> str:
    head = ["项目支出绩效自评报告", f"（{year}年度）", f"项目名称：{project}", f"项目单位：{unit}"]
    return "\n".join([*head, *lines])


def test_the_same_report_in_two_files_is_told_of_the_later() -> None:
    ((file, found),) = told([whole(), whole().replace("，", ", ").replace("\n二", "\n\n 二")])
    assert (file, found.check_id) == ("1.txt", "across.duplicate")
    assert (found.verdict, found.severity) == (Verdict.UNCHECKABLE, Severity.LOW)
    assert "0.txt" in found.message_zh


def test_a_report_that_says_nothing_of_itself_goes_by_its_file() -> None:
    bare = "\n".join(line.replace("2022年", "全年") for line in CHAPTERS if not line.startswith("一"))
    ((_, found),) = told([bare, bare])
    assert found.message_zh.startswith("“1.txt”与0.txt中的报告重复")


def test_a_point_that_moved_is_no_typesetting() -> None:
    ((_, found),) = told([whole(), whole().replace("566.27万元", "56.627万元")])
    assert (found.check_id, found.quotes) == ("across.version", ("实际支出566.27万元 → 56.627万元",))


def test_nearly_the_same_text_with_the_same_figures_is_the_same_report() -> None:
    ((_, found),) = told([whole(), whole().replace("社会反响良好，未发生负面舆情", "未发生舆情")])
    assert found.check_id == "across.duplicate"
    assert "几乎相同" in found.message_zh


def test_a_version_says_which_figures_changed() -> None:
    later = whole().replace("566.27万元", "571.27万元").replace("97.55%", "98.41%").replace("12000份", "1.2万份")
    ((file, found),) = told([whole(), later])
    assert (file, found.check_id) == ("1.txt", "across.version")
    assert (found.verdict, found.severity) == (Verdict.UNCHECKABLE, Severity.MEDIUM)
    assert found.quotes == ("实际支出566.27万元 → 571.27万元", "预算执行率97.55% → 98.41%")
    assert "2处数字不同" in found.message_zh
    assert len(found.facts) == 2


def test_figures_that_come_or_go_are_changes_too() -> None:
    later = whole().replace("，开展政策宣传26场次", "").replace("社会反响良好", "共走访120户")
    ((_, found),) = told([whole(), later])
    assert sorted(quote.startswith("— →") for quote in found.quotes) == [False, True]


def test_only_the_nearest_of_several_versions_is_named() -> None:
    second = whole().replace("566.27万元", "571.27万元")
    third = second.replace("4218人次", "4220人次")
    found = told([whole(), second, third])
    assert [(file, finding.computed) for file, finding in found] == [("1.txt", "0.txt: 1"), ("2.txt", "1.txt: 1")]


@pytest.mark.parametrize(
    "other",
    [
        whole(year="2023").replace("566.27万元", "571.27万元"),
        whole(project="高龄津贴").replace("566.27万元", "571.27万元"),
        whole(unit="始兴县民政局").replace("566.27万元", "571.27万元"),
        whole(lines=[line.translate(str.maketrans("123456789", "234567891")) for line in CHAPTERS]),
        whole(lines=CHAPTERS[:4]),
    ],
)
def test_reports_of_another_year_project_or_unit_are_no_versions(other: str) -> None:
    assert told([whole(), other]) == []


def test_two_forms_of_one_unit_are_no_versions_of_each_other() -> None:
    """What a form brings along (weights, norms, the same chapters) makes no two reports one."""
    form = [
        "一、自评情况",
        *(f"{name}指标分值{mark}分，按照年度绩效目标逐项对照完成情况进行评分。" for name, mark in zip(
            ["数量", "质量", "时效", "成本", "经济效益", "社会效益", "生态效益", "满意度"],
            [15, 15, 10, 10, 10, 10, 10, 10], strict=True)),
    ]  # fmt: skip
    one = whole(project="", lines=[*form, "全年支出566.27万元，救助4218人次，满意度95.4%。"])
    other = whole(project="", lines=[*form, "全年支出88.15万元，培训320人次，合格率97.1%。"])
    assert told([one, other]) == []


@pytest.mark.parametrize("other", [{"year": "2023"}, {"unit": "始兴县民政局"}])
def test_all_figures_of_another_year_or_unit_are_told_as_copied(other: dict[str, str]) -> None:
    ((file, found),) = told([whole(), whole(**other).replace("（", "(")])
    assert (file, found.check_id, found.severity) == ("1.txt", "across.copy", Severity.MEDIUM)
    assert "照抄" in found.message_zh


# One unit, several projects


def project(name: str, line: str, unit: str = "新丰县医疗保障局") -> str:
    return f"项目支出绩效自评报告\n（2022年度）\n项目名称：{name}\n项目单位：{unit}\n一、概况\n{line}"


INSURED = "全县城乡居民医保参保人数{}人。"


def test_a_number_that_nearly_agrees_in_two_reports_of_a_unit_is_told() -> None:
    ((file, found),) = told([project("医疗救助", INSURED.format(185020)), project("参保资助", INSURED.format(185313))])
    assert (file, found.check_id) == ("1.txt", "across.same")
    assert (found.verdict, found.severity) == (Verdict.UNCHECKABLE, Severity.LOW)
    assert found.difference == Decimal(293)
    assert "“医疗救助”" in found.message_zh
    assert "185020人" in found.message


@pytest.mark.parametrize(
    "other",
    [
        project("参保资助", INSURED.format(185020)),
        project("参保资助", INSURED.format(121600)),
        project("参保资助", INSURED.format("约185313")),
        project("参保资助", "2021年全县城乡居民医保参保人数185313人。"),
        project("参保资助", INSURED.format(185313), unit="始兴县医疗保障局"),
        project("医疗救助", INSURED.format(185313)),
        project("参保资助", "资助参保185313人。"),
    ],
)
def test_other_numbers_are_two(other: str) -> None:
    assert told([project("医疗救助", INSURED.format(185020)), other]) == []


# The run


def test_reports_of_one_file_and_short_texts_are_not_compared() -> None:
    assert told([whole() + "\n" + whole()]) == []
    assert told(["项目支出绩效自评报告\n全年支出500万元。"] * 2) == []


def test_a_run_compares_what_it_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(whole(), encoding="utf-8")
    (tmp_path / "b.txt").write_text(whole().replace("566.27", "571.27"), encoding="utf-8")
    (tmp_path / "c.txt").write_text(whole(), encoding="utf-8")  # the same bytes: not read twice
    result = jixiao.extract(tmp_path)
    found = result.table("findings")
    assert list(found[found["check_id"].str.startswith("across")]["file"]) == [str(tmp_path / "b.txt")]


def test_the_samples_are_all_different() -> None:
    names = ["civil-affairs-2023.docx", "rural-roads-2023.docx", "preschool-aid-2022.docx", "farmland-2021.txt"]
    found = jixiao.extract([ROOT / "samples" / name for name in names]).table("findings")
    assert not found["check_id"].str.startswith("across").any()


@settings(derandomize=True, max_examples=30, deadline=None)
@given(st.integers(0, 10**9))
def test_a_version_of_a_made_report_names_the_one_changed_figure(seed: int) -> None:
    random = Random(seed)
    draft = consistent(random)
    changed = broken(draft, random)
    assume(changed is not None and len(draft.document().text) > 400)
    assert changed is not None
    later, key = changed
    read = [each.document() for each in (draft, later)]
    both = [
        FileResult(f"{n}.txt", Status.OK, sha256=f"{n}" * 64, document=each, reports=parse(each))
        for n, each in enumerate(read)
    ]
    ((where, found),) = versions(both)
    assert (where, found.check_id, len(found.quotes)) == ((1, 0), "across.version", 1)
    assert later.figures[key].number in unicodedata.normalize("NFKC", found.quotes[0])
