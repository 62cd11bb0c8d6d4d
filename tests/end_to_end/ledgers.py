"""Random ledgers as a department could have them: all sources, uses and funds, carried over and kept."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

LAYOUTS = Path(__file__).parents[2] / "layouts"
FISCAL = ("一般公共预算拨款", "政府性基金预算拨款", "国有资本经营预算拨款")
OWN = ("财政专户管理资金", "事业收入", "事业单位经营收入", "上级补助收入", "附属单位上缴收入", "其他收入")


def _codes(path: str, length: int) -> list[str]:
    rows = csv.DictReader((LAYOUTS / path).read_text("utf-8").splitlines())
    return [row["code"] for row in rows if len(row["code"]) == length]


CLASSES = set(_codes("hebei/base/lists/classes.csv", 3)) - {"235"}
FUNCTIONS = [code for code in _codes("common/codes/function.csv", 7) if code[:3] in CLASSES]
ECONOMIC = _codes("common/codes/economic.csv", 5)
STAFF = [code for code in ECONOMIC if code[:3] in ("301", "303")]
RUNNING = [code for code in ECONOMIC if code[:3] in ("302", "310")]

amounts = st.decimals("0.01", "99999.99", places=2).map(float)
to_the_fen = st.one_of(st.decimals("0.01", "300", places=2), st.decimals("0.01", "99999999.99", places=2)).map(float)


@st.composite
def lines(draw: st.DrawFn, stated: st.SearchStrategy[float] = amounts) -> dict[str, Any]:
    source = draw(st.sampled_from(FISCAL + OWN))
    uses = ["人员经费", "公用经费", "项目支出", "结转下年"]
    uses += ["经营支出", "上解上级支出", "对附属单位补助支出"] if source in OWN else []
    use = draw(st.sampled_from(uses))
    line: dict[str, Any] = {
        "function": draw(st.sampled_from(FUNCTIONS)),
        "use": use,
        "source": source,
        "amount": draw(stated),
    }
    if use in ("人员经费", "公用经费"):
        line["economic"] = draw(st.sampled_from(STAFF if use == "人员经费" else RUNNING))
    elif use == "项目支出" and draw(st.booleans()):
        line["economic"] = draw(st.sampled_from(["30212", "30217", "30231", "31013", "30201"]))
    if draw(st.booleans()) and draw(st.booleans()):
        line["carried_over"] = "是"
    return line


def ledgers(most: int, *, to_the_last_fen: bool = False) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Lines in 万元 with two decimals, or in 元 with two, small amounts among them."""
    return st.lists(lines(to_the_fen if to_the_last_fen else amounts), min_size=1, max_size=most)
