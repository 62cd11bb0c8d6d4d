"""A layout's first files: it inherits everything from another one, and says in Chinese how to go on."""

from __future__ import annotations

from collections.abc import Iterator

from budgetreport.layout.model import Column, Grid, Layout, Row
from budgetreport.layout.walking import all_of

NOTES = "说明.md"
"""The file of hints; the loader reads only what it knows."""


def first_files(layout_id: str, model: Layout, schema: str) -> dict[str, str]:
    """The texts by file name. `schema`: where an editor finds the schema of layout.yaml ('': nowhere)."""
    return {"layout.yaml": _root(layout_id, model, schema), NOTES: _notes(layout_id, model)}


def _root(layout_id: str, model: Layout, schema: str) -> str:
    hint = f"# yaml-language-server: $schema={schema}\n" if schema else ""
    words = "\n".join(f"#   {name}: {_word(said)}" for name, said in model.words.items())
    return f"""{hint}# 版式 {layout_id}。继承 {model.id}：没有写到的都照它，这里和各文件夹中只写不同之处。
#   检查有没有写错：budgetreport layouts lint {layout_id}
#   看空白表样：    budgetreport layouts preview {layout_id}
#   看与上级的不同：budgetreport layouts diff {model.id} {layout_id}
# 上级各张表的编号、行、栏，见 {NOTES}。

inherits: {model.id}

# 改成自己的名称：地区、年度、种类。
title: {_quoted(model.title)}

# 依据哪一份文件、哪一份样表。
# basis:

# 与原件逐格核对过之后，改为 yes。
verified: no

# 用语：文字中写 {{{{ 部门 }}}} 之类的地方印什么。上级是：
# words:
{words}

# 各部分：按编号改动上级的。去掉井号即可用：
# parts:
{_tables(model)}#   - {{heading: 新的一节, id: 新节, parts: [{{text: 新的一节.j2}}]}}    # 文字写在 text/新的一节.j2
"""


def _tables(model: Layout) -> str:
    """How parts are dropped and added, at tables that stand on their own in the model."""
    tables = [part.table for part in model.parts if part.table]
    drop = f"#   - {{table: {tables[0]}, drop: yes}}    # 不要这张表\n" if tables else ""
    after = f", after: {tables[-1]}" if len(tables) > 1 else ""
    return f"{drop}#   - {{table: 新的表{after}}}    # 新加一张，写在 tables/新的表.yaml\n"


def _word(said: str | tuple[str, ...]) -> str:
    return said if isinstance(said, str) else f"[{', '.join(said)}]"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _notes(layout_id: str, model: Layout) -> str:
    """What goes where, and the ids that changes name."""
    lines = [
        f"# {layout_id}",
        "",
        f"继承 `{model.id}`（{model.title}）。程序不读这个文件，看过可以删去。",
        "",
        "要改什么，就在这里建同名的文件，只写不同之处：",
        "",
        "- `tables/表的编号.yaml` 一张表；`forms/` 表单：按编号改行、栏，`drop: yes` 删去，",
        "  新的放在最后，或用 `before:`、`after:` 指明位置",
        "- `text/文件名.j2` 一段文字，整个替换；`lists/名称.csv` 清单，整个替换",
        "- `facts/` 另外要填报的；`style.yaml` 字体、字号、页边距；`checks/` 规则",
        "",
        "例如把一行改名，写 `rows: [{id: 这一行的编号, label: 新的名称}]`。",
        "",
        "## 上级的表：编号，各栏、各行的编号",
        "",
    ]
    for name, table in model.tables.items():
        lines += [f"- `{name}` {table.title.source}", *_ids(table)]
    for name, form in model.forms.items():
        lines += [f"- 表单 `{name}` {form.title.source}", *(line for grid in form.grids for line in _ids(grid))]
    texts = "、".join(f"`{name}`" for name in model.texts)
    return "\n".join([*lines, "", f"上级的文字：{texts or '无'}", ""])


def _ids(grid: Grid) -> Iterator[str]:
    """A line of columns, a line of rows, for each side."""
    for side in grid.each_side():
        head = f"{side.name}侧的" if side.name else ""
        columns = [column.name for column in all_of(Column, side.columns)]
        rows = [_row(row) for row in all_of(Row, side.rows)]
        for kind, names in (("栏", columns), ("行", rows)):
            if names:
                yield f"  - {head}{kind}：{'、'.join(names)}"


def _row(row: Row) -> str:
    """The id that a change of the row names."""
    return row.name or ("fill" if row.fill_to else row.tree or row.each)
