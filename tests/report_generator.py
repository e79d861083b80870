"""Reports that are consistent by construction, and the same reports with one figure changed.

A report is prose and a table made of figures that follow from each other. Every figure knows the statements that it
takes part in, so a test can change one and say, by arithmetic of its own, whether a check has to notice: a statement is
broken when no values that print as the figures do can meet it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import product
from random import Random

from extract.document import Block, Cell, Document, Place, assemble

YEAR = "2022"
COUNTED = {"人", "户", "人次", "个", "份", "所", "分"}
HALF = str.maketrans("，；：（）", ",;:()")
FULL = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
DRESSES = ["plain", "plain", "half", "full", "spaced"]
WIDE = 2
"""Which cell of a head is two columns wide."""
SCALES = {"元": 1, "万元": 10**4, "亿元": 10**8}


@dataclass(frozen=True)
class Figure:
    """A printed figure: ``value`` in base units, ``unit`` as printed, with so many decimal ``places``."""

    key: int
    value: Decimal
    unit: str
    places: int = 0
    commas: bool = False
    after: str = ""
    """What is printed right after the unit: /人."""

    @property
    def scale(self) -> int:
        return SCALES.get(self.unit, 1)

    @property
    def number(self) -> str:
        shown = (self.value / self.scale).quantize(Decimal(1).scaleb(-self.places), ROUND_HALF_UP)
        return f"{shown:,}" if self.commas else f"{shown}"

    @property
    def printed(self) -> Fraction:
        """The value that is printed, in base units."""
        return Fraction(self.number.replace(",", "")) * self.scale

    @property
    def half(self) -> Fraction:
        """Half a unit of the last printed place; what is counted is exact."""
        if self.unit in COUNTED:
            return Fraction(0)
        return Fraction(self.scale, 2 * 10**self.places)


@dataclass(frozen=True)
class Statement:
    """A figure that follows from others by ``formula``."""

    stated: int
    terms: tuple[int, ...]
    formula: Callable[..., Fraction]

    def broken(self, figures: dict[int, Figure]) -> bool:
        """Tell whether no values that print as these figures can meet the statement."""
        ends = [(f.printed - f.half, f.printed + f.half) for f in (figures[key] for key in self.terms)]
        results = [self.formula(*corner) for corner in product(*ends)]
        stated = figures[self.stated]
        return stated.printed + stated.half < min(results) or stated.printed - stated.half > max(results)


@dataclass
class Draft:
    """A report in the making: lines of text and figures, tables of cells, and the statements among them."""

    random: Random
    figures: dict[int, Figure] = field(default_factory=dict)
    lines: list[list[str | int]] = field(default_factory=list)
    tables: list[list[list[str | int]]] = field(default_factory=list)
    headed: list[list[str | int]] = field(default_factory=list)
    """A head of two lines over the table, its third cell two columns wide; else the table has its own."""
    statements: list[Statement] = field(default_factory=list)
    dress: str = "plain"
    """How it is typeset: plain, half (punctuation of half width), full (digits of full width) or spaced."""

    def figure(self, value: Decimal | int, unit: str, places: int = 0, *, commas: bool = False, after: str = "") -> int:
        key = len(self.figures)
        self.figures[key] = Figure(key, Decimal(value), unit, places, commas, after)
        return key

    def value(self, key: int) -> Decimal:
        return self.figures[key].value

    def states(self, stated: int, terms: Sequence[int], formula: Callable[..., Fraction]) -> None:
        self.statements.append(Statement(stated, tuple(terms), formula))

    def line(self, *parts: str | int) -> None:
        self.lines.append(list(parts))

    def document(self) -> Document:
        """Return the report as a document; tables stand after the lines."""
        lines = enumerate(self.lines)
        blocks = [Block("paragraph", self._text(line), Place(f"body/paragraph {number}")) for number, line in lines]
        for number, rows in enumerate(self.tables):
            cells = tuple(self._head()) + tuple(self._cells(rows, len(self.headed)))
            blocks.append(Block("table", "", Place(f"body/table {number}"), cells=cells))
        return assemble(blocks, file="generated.txt", sha256="0" * 64, media_type="text/plain")

    def _text(self, line: Sequence[str | int]) -> str:
        text = "".join(part if isinstance(part, str) else self.printed(part) for part in line)
        return text.translate(HALF) if self.dress == "half" else text

    def printed(self, key: int) -> str:
        figure = self.figures[key]
        number = figure.number.translate(FULL) if self.dress == "full" else figure.number
        return f"{number}{' ' if self.dress == 'spaced' and figure.unit != '%' else ''}{figure.unit}{figure.after}"

    def _head(self) -> list[Cell]:
        """Return the cells of a head of two lines: all but the third span both."""
        if not self.headed:
            return []
        upper, lower = self.headed
        cells = []
        for number, text in enumerate(upper):
            col = number if number <= WIDE else number + 1
            wide = number == WIDE
            cells.append(Cell(0, col, str(text), Place(f"head {col}"), 1 if wide else 2, 2 if wide else 1))
        cells += [Cell(1, col, str(lower[col]), Place(f"head {col}")) for col in (WIDE, WIDE + 1)]
        return cells

    def _cells(self, rows: Sequence[Sequence[str | int]], first: int) -> list[Cell]:
        return [
            Cell(first + r, c, cell if isinstance(cell, str) else self._cell(cell), Place(f"cell {r} {c}"))
            for r, row in enumerate(rows)
            for c, cell in enumerate(row)
        ]

    def _cell(self, key: int) -> str:
        figure = self.figures[key]
        return f"{figure.number}%" if figure.unit == "%" else figure.number


def _total(*parts: Fraction) -> Fraction:
    return sum(parts, Fraction(0))


def _share(part: Fraction, base: Fraction) -> Fraction:
    return 100 * part / base


def consistent(random: Random) -> Draft:
    """Return a report whose figures follow from each other; which parts it has, how and in what units, is drawn."""
    draft = Draft(random, dress=random.choice(DRESSES))
    place = random.choice(["青河县", "云岭市", "白石区", "松江县"])
    office = random.choice(["民政局", "教育局", "农业农村局", "交通运输局", "卫生健康委员会"])
    draft.line(f"{place}{office}{YEAR}年度项目绩效自评报告")
    chosen = random.sample(CHAPTERS, random.randint(3, 7))
    for number, chapter in enumerate(chosen):
        draft.line(f"{'一二三四五六七八九'[number]}、{chapter.__doc__}")
        chapter(draft)
        if random.random() < 0.4:
            draft.line(random.choice(LEGITIMATE))
    if random.random() < 0.6:
        _marks(draft)
    if random.random() < 0.6:
        random.choice([_table, _wide_table])(draft)
    return draft


LEGITIMATE = [
    # traits that overlap, lists of some parts, limits, plans, prices and changes: right as they stand
    "全年培训干部320人次，其中女干部150人次、党员干部260人次。",
    "共支持项目26个，主要包括道路项目8个、饮水项目5个等。",
    "累计投入资金860万元，其中重点用于设备购置410万元、人员培训120万元等方面。",
    "个人自付3万元以下的按60%救助，3万元以上5万元以下的按70%救助，5万元以上的按80%救助。",
    "资助标准由每人每年280元提高到320元。",
    "平均每户增收1260元，较上年增加140元。",
    "计划2023年安排资金450万元，培训1200人次，群众满意度不低于95%。",
    "全县现有卫生院14所（其中中心卫生院4所），村卫生室163所。",
    "本年新增学位1200个，累计达到8600个。",
    "资金拨付及时率100%，补助对象认定准确率100%。",
    "审计发现问题12个，涉及资金36.5万元，已整改10个，其余2个正在整改。",
    "全年开展检查46次，检查单位320家次，约谈12家，立案3起，罚款8.6万元。",
    "人均补助标准由79元提高到84元，其中中央60%、省级20%、县级20%。",
    "按每人每月80元的标准发放护理补贴，按每人每年100元的标准发放门诊补助。",
    "目标值为不少于500户，实际走访516户。",
    "低于省控线0.84个百分点，低于市控线0.64个百分点。",
    "1-10月累计完成投资629.0亿元，超过时间进度13.8个百分点。",
    "项目444项（打包项目拆分后共569项）。",
]
"""Sentences with figures in which nothing is wrong."""


def _money(draft: Draft) -> tuple[str, int]:
    """Draw a unit of money and how many places it is printed with."""
    return draft.random.choice([("万元", 2), ("万元", 2), ("万元", 1), ("元", 2), ("元", 0), ("亿元", 4)])


def _amount(draft: Draft, unit: str, low: int = 200, high: int = 90000) -> Decimal:
    worth = {"元": 10**4, "万元": 10**4, "亿元": 10**6}[unit]
    return Decimal(draft.random.randint(low * 100, high * 100)) * worth / 100


def _parts(draft: Draft, total: Decimal, count: int, step: Decimal) -> list[Decimal]:
    """Cut a total into so many parts, each a multiple of ``step``, none tiny."""
    units = int(total / step)
    weights = [draft.random.randint(20, 100) for _ in range(count)]
    sizes = [units * weight // sum(weights) for weight in weights[:-1]]
    return [*(size * step for size in sizes), total - sum(sizes) * step]


_COMMA = ["、", "，", "；"]


def _listed(names: Sequence[str], keys: Sequence[int], mark: str) -> list[str | int]:
    parts: list[str | int] = []
    for number, (name, key) in enumerate(zip(names, keys, strict=True)):
        parts += [mark if number else "", name, key]
    return parts


def _funds(draft: Draft) -> None:
    """资金安排情况"""
    random = draft.random
    unit, places = _money(draft)
    total = _amount(draft, unit)
    three = random.choice([["中央资金", "省级资金", "县级配套资金"], ["省级财政资金", "市级财政资金", "县级财政资金"]])
    names = random.choice([three, ["上级补助资金", "本级财政资金"]])
    commas = unit == "元" and random.random() < 0.5
    values = _parts(draft, total, len(names), Decimal("0.01"))
    whole = draft.figure(total, unit, places, commas=commas)
    keys = [draft.figure(value, unit, places, commas=commas) for value in values]
    draft.states(whole, keys, _total)
    opener = random.choice(["，其中：", "，其中", "。其中：", "，包括："])
    draft.line(f"{YEAR}年项目共安排资金", whole, opener, *_listed(names, keys, random.choice(_COMMA[:2])), "。")


def _uses(draft: Draft) -> None:
    """资金使用情况"""
    random = draft.random
    unit, places = _money(draft)
    budget = _amount(draft, unit)
    spent = (budget * random.randint(60, 99) / 100).quantize(Decimal("0.01"))
    b, s = draft.figure(budget, unit, places), draft.figure(spent, unit, places)
    rate = draft.figure(100 * spent / budget, "%", 2)
    draft.states(rate, (s, b), _share)
    left = draft.figure(budget - spent, unit, places)
    draft.states(left, (b, s), lambda whole, gone: whole - gone)
    draft.line(
        random.choice([f"{YEAR}年项目预算", f"{YEAR}年度预算安排"]),
        b,
        random.choice(["，实际支出", "，全年实际支出", "，已支付"]),
        s,
        random.choice(["，预算执行率", "，预算执行率为", "，资金使用率"]),
        rate,
        random.choice(["，结余", "，年末结余", "，剩余"]),
        left,
        "。",
    )


def _persons(draft: Draft) -> None:
    """救助情况"""
    random = draft.random
    persons = random.randint(300, 90000)
    names = random.choice([["城市低保", "农村低保"], ["集中供养", "分散供养"], ["春季学期", "秋季学期"]])
    values = _parts(draft, Decimal(persons), len(names), Decimal(1))
    whole = draft.figure(persons, "人")
    keys = [draft.figure(value, "人") for value in values]
    draft.states(whole, keys, _total)
    draft.line("全年共救助困难群众", whole, "，其中", *_listed(names, keys, random.choice(_COMMA[:2])), "。")


def _prices(draft: Draft) -> None:
    """补助发放情况"""
    random = draft.random
    price, persons = random.randint(80, 3000), random.randint(300, 40000)
    each, count = draft.figure(price, "元", after=random.choice(["/人", "/人·年"])), draft.figure(persons, "人")
    amount = draft.figure(Decimal(price) * persons, *random.choice([("万元", 2), ("元", 0)]))
    draft.states(amount, (each, count), lambda one, many: one * many)
    draft.line("补助标准为", each, "，全年共补助", count, random.choice(["，补助金额", "，共发放资金"]), amount, "。")


def _growth(draft: Draft) -> None:
    """同比情况"""
    random = draft.random
    then = random.randint(500, 90000)
    now = then * random.randint(80, 140) // 100 + random.randint(1, 30)
    a, b = draft.figure(then, "户"), draft.figure(now, "户")
    up = now > then
    change = draft.figure(abs(now - then), "户")
    rate = draft.figure(Decimal(100 * abs(now - then)) / then, "%", 2)
    sign = 1 if up else -1
    draft.states(change, (b, a), lambda new, old: sign * (new - old))
    draft.states(rate, (b, a), lambda new, old: sign * 100 * (new - old) / old)
    more, grew = ("增加", "增长") if up else ("减少", "下降")
    if random.random() < 0.5:
        draft.line("受益农户由", a, f"{more}到", b, f"，{more}", change, f"，{grew}", rate, "。")
    else:
        draft.line("全年惠及农户", b, "，较上年的", a, more, change, f"，{grew}", rate, "。")


def _advance(draft: Draft) -> None:
    """收入完成情况"""
    random = draft.random
    then = random.randint(8000, 90000)
    change = then * random.randint(3, 35) // 100 + 1
    up = random.random() < 0.6
    now = draft.figure((then + change if up else then - change) * 10**4, "万元")
    gain = draft.figure(change * 10**4, "万元")
    rate = draft.figure(Decimal(100 * change) / then, "%", 1)
    sign = 1 if up else -1
    draft.states(rate, (now, gain), lambda new, by: 100 * by / (new - sign * by))
    words = ("增收", "增长") if up else ("减收", "下降")
    draft.line("全年收入完成", now, f"，比上年{words[0]}", gain, f"，{words[1]}", rate, "。")


def _survey(draft: Draft) -> None:
    """满意度情况"""
    random = draft.random
    valid = random.randint(120, 3000)
    happy = valid * random.randint(80, 99) // 100
    v, h = draft.figure(valid, "份"), draft.figure(happy, "份")
    rate = draft.figure(Decimal(100 * happy) / valid, "%", 2)
    draft.states(rate, (h, v), _share)
    draft.line("收回有效问卷", v, random.choice(["，表示满意的", "，满意"]), h, "，满意度", rate, "。")


def _staff(draft: Draft) -> None:
    """人员情况"""
    random = draft.random
    total = random.randint(24, 900)
    values = _parts(draft, Decimal(total), 2, Decimal(1))
    whole = draft.figure(total, "人")
    keys = [draft.figure(value, "人") for value in values]
    draft.states(whole, keys, _total)
    draft.line("年末实有人员", whole, "，其中", *_listed(["在职人员", "退休人员"], keys, "、"), "。")


def _tasks(draft: Draft) -> None:
    """任务完成情况"""
    random = draft.random
    task = random.randint(200, 9000)
    done = task * random.randint(85, 130) // 100
    t, d = draft.figure(task, "户"), draft.figure(done, "户")
    rate = draft.figure(Decimal(100 * done) / task, "%", random.choice([1, 2]))
    draft.states(rate, (d, t), _share)
    draft.line("全年改造危房", d, random.choice(["，为年度计划", "，完成年度任务"]), t, "的", rate, "。")


def _ledger(draft: Draft) -> None:
    """预算调整情况"""
    unit, places = _money(draft)
    first, added = _amount(draft, unit), _amount(draft, unit, 20, 3000)
    a, b = draft.figure(first, unit, places), draft.figure(added, unit, places)
    whole = draft.figure(first + added, unit, places)
    draft.states(whole, (a, b), _total)
    draft.line("项目年初预算", a, "，年中追加", b, "，全年预算", whole, "。")


def _nested(draft: Draft) -> None:
    """支出构成情况"""
    random = draft.random
    unit, places = _money(draft)
    total = _amount(draft, unit)
    basic, project = _parts(draft, total, 2, Decimal("0.01"))
    staff, office = _parts(draft, basic, 2, Decimal("0.01"))
    t, b, p = (draft.figure(value, unit, places) for value in (total, basic, project))
    s, o = (draft.figure(value, unit, places) for value in (staff, office))
    draft.states(t, (b, p), _total)
    draft.states(b, (s, o), _total)
    if random.random() < 0.5:
        inner: list[str | int] = ["（其中人员经费", s, "、公用经费", o, "）"]
        draft.line("部门支出合计", t, "，其中：基本支出", b, *inner, "，项目支出", p, "。")
    else:
        draft.line("部门支出合计", t, "。其中：基本支出", b, "，项目支出", p, "。")
        draft.line("基本支出中，人员经费", s, "，公用经费", o, "。")


def _shares(draft: Draft) -> None:
    """构成占比情况"""
    random = draft.random
    total = random.randint(400, 30000)
    part = total * random.randint(20, 80) // 100
    t, p = draft.figure(total, "户"), draft.figure(part, "户")
    rate = draft.figure(Decimal(100 * part) / total, "%", 2)
    draft.states(rate, (p, t), _share)
    draft.line("全县登记农户", t, "，其中脱贫户", p, "，占登记农户的", rate, "。")


def _means(draft: Draft) -> None:
    """人均补助情况"""
    random = draft.random
    persons = random.randint(200, 9000)
    amount = Decimal(persons) * random.randint(300, 5000) + random.randint(1, 9000)
    a, n = draft.figure(amount, "元"), draft.figure(persons, "人次")
    mean = draft.figure(amount / persons, "元", 2)
    draft.states(mean, (a, n), lambda whole, many: whole / many)
    draft.line("全年支出临时救助资金", a, "，救助困难群众", n, "，人均救助", mean, "。")


def _ratios(draft: Draft) -> None:
    """分担情况"""
    random = draft.random
    share = random.randint(200, 4000) * 10**4
    one, other = random.choice([(3, 2), (4, 1), (7, 3), (6, 4)])
    total = draft.figure(share * (one + other), "万元")
    a, b = draft.figure(share * one, "万元"), draft.figure(share * other, "万元")
    draft.states(total, (a, b), _total)
    draft.line("项目总投资", total, "，其中省级资金", a, "、县级资金", b, f"，分担比例为{one}:{other}。")


def _reimbursed(draft: Draft) -> None:
    """待遇支付情况"""
    random = draft.random
    for group in random.sample(["城镇职工", "城乡居民"], random.randint(1, 2)):
        cost = Decimal(random.randint(40000, 9000000)) * 100
        paid = (cost * random.randint(50, 92) / 100).quantize(Decimal(100))
        c, p = draft.figure(cost, "万元", 2), draft.figure(paid, "万元", 2)
        rate = draft.figure(100 * paid / cost, "%", 2)
        draft.states(rate, (p, c), _share)
        draft.line(f"{group}政策范围内住院总费用", c, "，基金累计支付", p, "，政策范围内报销比例为", rate, "。")


def _points(draft: Draft) -> None:
    """质量提升情况"""
    random = draft.random
    then = Decimal(random.randint(600, 930)) / 10
    now = then + Decimal(random.randint(5, 60)) / 10
    a, b = draft.figure(then, "%", 1), draft.figure(now, "%", 1)
    gain = draft.figure(now - then, "个百分点", 1)
    draft.states(gain, (b, a), lambda new, old: new - old)
    if random.random() < 0.5:
        draft.line("自来水普及率由2021年的", a, "提高到2022年的", b, "，提高", gain, "。")
    else:
        draft.line("自来水普及率由上年的", a, "提高到", b, "，提升", gain, "。")


CHAPTERS = [
    _funds,
    _uses,
    _persons,
    _growth,
    _survey,
    _staff,
    _prices,
    _tasks,
    _advance,
    _ledger,
    _nested,
    _shares,
    _means,
    _ratios,
    _reimbursed,
    _points,
]


def _marks(draft: Draft) -> None:
    random = draft.random
    fulls = random.choice([[20, 20, 30, 30], [15, 25, 40, 20], [20, 30, 25, 25]])
    names = ["投入", "过程", "产出", "效果"]
    awards = [Decimal(full) - Decimal(random.choice([0, 0, 5, 10, 15])) / 10 for full in fulls]
    total = draft.figure(sum(awards), "分", 1)
    keys = [draft.figure(award, "分", 1) for award in awards]
    full = [draft.figure(value, "分") for value in fulls]
    draft.states(total, keys, _total)
    draft.line("自评结论")
    parts: list[str | int] = []
    for number, name in enumerate(names):
        parts += ["，" if number else "", name, keys[number], "（满分", full[number], "）"]
    draft.line("项目自评得分", total, "，其中：", *parts, "。")


def _table(draft: Draft) -> None:
    random = draft.random
    names = random.sample(["东山镇", "西河镇", "南湖乡", "北岭乡", "城关镇", "平川乡"], random.randint(3, 5))
    rows: list[list[str | int]] = [["乡镇", "户数（户）", "人数（人）", "发放金额（万元）"]]
    columns: list[list[int]] = [[], [], []]
    for name in names:
        persons = random.randint(100, 9000)
        cells = [
            draft.figure(persons // random.randint(2, 4), "户"),
            draft.figure(persons, "人"),
            draft.figure(Decimal(persons) * random.randint(300, 4000), "万元", 2),
        ]
        for column, key in zip(columns, cells, strict=True):
            column.append(key)
        rows.append([name, *cells])
    sums = []
    for column in columns:
        like = draft.figures[column[0]]
        key = draft.figure(sum(draft.value(k) for k in column), like.unit, like.places)
        draft.states(key, column, _total)
        sums.append(key)
    total: list[str | int] = ["合计", *sums]
    rows = [*rows, total] if random.random() < 0.7 else [rows[0], total, *rows[1:]]
    draft.line("各乡镇发放情况表")
    draft.tables.append(rows)


def _wide_table(draft: Draft) -> None:
    """A table of units whose columns hang together: a total, its parts under 其中, and a rate with its formula."""
    random = draft.random
    units = random.sample(["局机关", "项目中心", "监测站", "服务中心", "培训学校"], random.randint(2, 4))
    head: list[str | int] = ["单位名称", "经费合计", "其中：", "预算数（A）", "执行数（B）", "执行率（B/A）"]
    rows: list[list[str | int]] = []
    columns: list[list[int]] = [[], [], [], [], []]
    for name in units:
        basic, project = (Decimal(random.randint(1000, 900000)) * 100 for _ in range(2))
        budget = (basic + project) * random.randint(101, 130) / 100
        values = (basic + project, basic, project, budget.quantize(Decimal(100)), basic + project)
        keys = [draft.figure(value, "万元", 2) for value in values]
        draft.states(keys[0], keys[1:3], _total)
        rate = draft.figure(100 * draft.value(keys[4]) / draft.value(keys[3]), "%", 2)
        draft.states(rate, (keys[4], keys[3]), _share)
        for column, key in zip(columns, keys, strict=True):
            column.append(key)
        rows.append([name, *keys, rate])
    sums = []
    for column in columns:
        key = draft.figure(sum(draft.value(k) for k in column), "万元", 2)
        draft.states(key, column, _total)
        sums.append(key)
    draft.states(sums[0], sums[1:3], _total)
    rate = draft.figure(100 * draft.value(sums[4]) / draft.value(sums[3]), "%", 2)
    draft.states(rate, (sums[4], sums[3]), _share)
    draft.line("部门支出情况表（单位：万元）")
    draft.headed = [head, ["", "", "日常经费", "专项经费", "", "", ""]]
    draft.tables.append([*rows, ["合计", *sums, rate]])


def broken(draft: Draft, random: Random) -> tuple[Draft, int] | None:
    """Return the report with one figure changed beyond rounding, and that figure's key; None where the draw is idle.

    The change is one that people make: a digit, two digits changed over, or a figure of the same length.
    """
    used = sorted({key for statement in draft.statements for key in (statement.stated, *statement.terms)})
    key = random.choice(used)
    figure = draft.figures[key]
    digits = figure.number.replace(",", "")
    places = [at for at, char in enumerate(digits) if char.isdigit()]
    way = random.choice(["digit", "swap", "any"])
    chars = list(digits)
    if way == "swap" and len(places) > 1:
        at = random.randrange(len(places) - 1)
        one, other = places[at], places[at + 1]
        chars[one], chars[other] = chars[other], chars[one]
    elif way == "any":
        for at in places:
            chars[at] = random.choice("0123456789")
    else:
        at = random.choice(places)
        chars[at] = random.choice("0123456789")
    text = "".join(chars)
    if text == digits or (text[0] == "0" and digits[0] != "0"):
        return None
    changed = replace(figure, value=Decimal(text) * figure.scale)
    figures = {**draft.figures, key: changed}
    if not any(statement.broken(figures) for statement in draft.statements):
        return None
    return replace(draft, figures=figures), key
