"""Names and texts as clerks could write them, and some as no clerk should: long, rare, odd, mixed with Latin words."""

from __future__ import annotations

from tests.checks.mutations.damage import Chance

_PLACES = "晋州 鹿泉 正定 平山 元氏 赞皇 无极 深泽 辛集 藁城 井陉 高邑 灵寿 行唐 新乐 栾城".split()
_BODIES = "林业局 教育局 卫生健康局 网络安全和信息化委员会办公室 民政局 水利局 住房和城乡建设局 档案馆 博物馆".split()
_RARE = "𠮷䶮㛃𬭎𫟼㵑𬺈𫖯䁖𬍛𪩘𰻞"[:11]
_SURNAMES = "龘彧赟垚喆翀昇玥彬邈"
_ODD = "“甲”‘乙’《丙》〈丁〉【戊】〔己〕（庚）(辛)[壬]{癸}<子>&丑\"寅'卯\\辰/巳%午‰未·申—酉…戌～亥－①②≥≤×÷±＊*#@$￥；：？！、。，"
_LATIN = (
    "APP LED Wi-Fi 5G-A GB/T 9704-2012 IPv6 e-mail AI+ PM2.5 C++ Windows 11 https://www.gov.cn/zhengce/ "
    "LibreOffice XMLHttpRequest Covid-19 H1N1 Nature&Science T3/T4 A4"
).split(" ")
_DOING = "开展 推进 加强 完善 落实 组织 保障 提升 规范 建设 监督 指导 协调 统筹 优化".split()
_WHAT = (
    "网络安全检查 造林绿化 森林防火 义务教育学校改造 基层医疗服务 困难群众救助 农田水利设施 老旧小区改造 "
    "档案数字化 文物保护 政务公开 预算绩效管理 干部教育培训 安全生产检查 便民服务 监测预警"
).split()
_ENDS = "，；，，。，、"

LENGTHS = {"none": 0, "short": 12, "usual": 60, "paragraph": 300, "page": 1500, "pages": 4000}
"""Kinds of text by their characters; a page of a narrative holds about 600."""


def name(kind: str, chance: Chance) -> str:
    """A name of one of the KINDS."""
    plain = chance.pick(_PLACES) + "市" + chance.pick(_BODIES)
    return {
        "plain": plain,
        "short": chance.pick(_PLACES)[0],
        "long": "".join(chance.pick(_PLACES) + "市" + chance.pick(_BODIES) + "、" for _ in range(9)) + "联合领导小组",
        "rare": plain[:2] + chance.pick(_RARE) + chance.pick(_RARE) + chance.pick(_SURNAMES) + "纪念馆",
        "odd": plain + "（" + chance.pick(["“三农”", "[试点]", "A&B", "<一>", "50%", "‘甲’/‘乙’", "#3*"]) + "）",
        "latin": f"{plain} {chance.pick(_LATIN)} Center for {chance.pick(_LATIN)}",
        "digits": f"第{chance.pick(range(1, 999))}.{chance.pick(range(10, 99))}号{plain}",
    }[kind]


KINDS = ("plain", "short", "long", "rare", "odd", "latin", "digits")


def text(kind: str, length: str, chance: Chance) -> str:
    """A text of that LENGTH, with names of that kind in it, ended by a full stop; '' for none."""
    wanted = LENGTHS[length]
    pieces: list[str] = []
    while sum(map(len, pieces)) < wanted:
        pieces.append(chance.pick(_DOING) + chance.pick(_WHAT) + _spice(kind, chance) + chance.pick(_ENDS))
    return "".join(pieces).rstrip("，；、。") + "。" if wanted else ""


def _spice(kind: str, chance: Chance) -> str:
    match kind:
        case "rare":
            return chance.pick(_RARE) + chance.pick(_SURNAMES)
        case "odd":
            start = chance.pick(range(len(_ODD) - 6))
            return _ODD[start : start + 6]
        case "latin":
            return " " + chance.pick(_LATIN) + " "
        case "digits":
            return f"{chance.pick(range(10**6)) / 100:.2f}万元"
        case "long":
            return chance.pick(_WHAT) * 3
    return ""
