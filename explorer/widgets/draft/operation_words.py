"""Operations in the words of the window: titles, families, how a call looks, and what people type to find them."""

import re
from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from explorer.messages import QT_TRANSLATE_NOOP
from explorer.ops import Family, Form, Op, counterpart
from explorer.ops.parameters import Seed

FAMILY_TITLES = {
    Family.REDUCTION: QT_TRANSLATE_NOOP("families", "Reduce (squash)"),
    Family.CONTRACTION: QT_TRANSLATE_NOOP("families", "Contract (multiply, then sum)"),
    Family.ELEMENTWISE: QT_TRANSLATE_NOOP("families", "Element by element"),
    Family.MOVEMENT: QT_TRANSLATE_NOOP("families", "Move"),
    Family.ALONG: QT_TRANSLATE_NOOP("families", "Along an axis"),
    Family.CONVERSION: QT_TRANSLATE_NOOP("families", "Convert"),
    Family.CREATION: QT_TRANSLATE_NOOP("families", "Create"),
}

IN_PLACE = QT_TRANSLATE_NOOP("families", "Write in place")
IN_PLACE_TITLE = QT_TRANSLATE_NOOP("ops", "{title}, in place")
INDEXED = {Form.INDEX: "{}[…]", Form.ASSIGNMENT: "{}[…] = v"}

# Found in whatever language the window is: a reader of Chinese may well keep the window in English.
CHINESE = {
    "sum": "求和 总和 加总 压缩",
    "mean": "平均 均值 求平均",
    "prod": "连乘 乘积",
    "max": "最大值 最大",
    "min": "最小值 最小",
    "amax": "最大值 最大",
    "amin": "最小值 最小",
    "linalg.vector_norm": "范数 长度 模",
    "matmul": "矩阵乘法 矩阵相乘 叉乘",
    "mm": "矩阵乘法 矩阵相乘",
    "dot": "点积 内积 点乘",
    "add": "加 加法 相加",
    "sub": "减 减法 相减",
    "mul": "乘 乘法 逐元素相乘",
    "div": "除 除法 相除",
    "pow": "幂 次方 乘方 平方",
    "floor_divide": "整除 向下取整",
    "remainder": "取余 余数 取模",
    "abs": "绝对值",
    "neg": "取负 相反数",
    "sqrt": "平方根 开方",
    "exp": "指数",
    "T": "转置",
    "mT": "转置 矩阵转置",
    "transpose": "转置 交换轴",
    "permute": "转置 重排轴 换轴",
    "reshape": "变形 改形状 重塑",
    "flatten": "展平 拉平",
    "squeeze": "去掉轴 挤压 降维",
    "unsqueeze": "加轴 升维",
    "expand": "广播 扩展",
    "cat": "拼接 连接",
    "stack": "堆叠",
    "softmax": "归一化 概率",
    "log_softmax": "对数归一化",
    "cumsum": "累加 前缀和",
    "cumprod": "累乘",
    "gt": "大于 比较 掩码",
    "ge": "大于等于 比较 掩码",
    "lt": "小于 比较 掩码",
    "le": "小于等于 比较 掩码",
    "eq": "等于 相等 比较 掩码",
    "ne": "不等于 比较 掩码",
    "clamp": "截断 限制范围 夹取",
    "view": "视图 变形",
    "masked_fill": "掩码填充 遮罩",
    "__getitem__": "索引 切片 取元素 下标",
    "__setitem__": "赋值 写入 修改元素",
    "zero_": "清零 置零",
    "fill_": "填充",
    "copy_": "拷贝 覆盖",
    "to": "转换类型 转换 设备",
    "clone": "复制 拷贝",
    "contiguous": "连续 内存",
    "zeros": "全零 零",
    "ones": "全一",
    "full": "填充",
    "arange": "等差 范围",
    "linspace": "等分",
    "eye": "单位矩阵",
    "rand": "随机",
    "randn": "随机 正态",
    "randint": "随机整数",
}

INDEX, WRITTEN = re.compile(r"\w*\["), re.compile(r"\]\s*=(?!=)")
"""How code begins that reads or writes by an index, as `A[M]`, and what it holds where it writes, as `A[M] = 0`."""


def title_of(op: Op) -> str:
    """The title of `op` in the language of the window."""
    title = QCoreApplication.translate("ops", op.title)
    if counterpart(op) is None or not op.writes:
        return title
    return QCoreApplication.translate("ops", IN_PLACE_TITLE).format(title=title)


def title_of_family(family: Family) -> str:
    """The heading over the operations of `family`."""
    return QCoreApplication.translate("families", FAMILY_TITLES[family])


def title_of_group(op: Op) -> str:
    """The heading that an operation stands under."""
    return QCoreApplication.translate("families", IN_PLACE) if op.writes else title_of_family(op.family)


def short_name(op: Op) -> str:
    """What stands on a small button: the sign of the arithmetic ones, torch's own word for the others."""
    if op.form in INDEXED:
        return INDEXED[op.form].format("")
    if op.family is Family.ELEMENTWISE and op.symbol:
        return op.symbol
    return op.name.rpartition(".")[2]


def call_form(op: Op) -> str:
    """How the call looks: "A.sum(dim, keepdim)", "A @ B", "torch.cat([A, B], dim)"."""
    names = ["A", "B"] if op.arity is None else ["A", "B", "C"][: op.arity]
    if op.form is Form.PROPERTY:
        return f"A.{op.function or op.name}"
    if op.form in INDEXED:
        return INDEXED[op.form].format("A")
    if op.form is Form.OPERATOR:
        return f"A {op.symbol} B"
    parameters = ["generator" if isinstance(p, Seed) else p.name for p in op.parameters]
    if op.form is Form.METHOD:
        return f"A.{op.function or op.name}({', '.join([*names[1:], *parameters])})"
    listed = ["[A, B]"] if op.arity is None else names
    return f"torch.{op.function or op.name}({', '.join([*listed, *parameters])})"


def found(ops: Iterable[Op], text: str) -> list[Op]:
    """The operations that `text` may mean, best first; all of them for an empty text."""
    wanted = text.strip().casefold()
    if not wanted:
        return list(ops)
    ranked = [(rank, number, op) for number, op in enumerate(ops) if (rank := _rank(op, wanted)) is not None]
    return [op for _, _, op in sorted(ranked, key=lambda r: r[:2])]


def _rank(op: Op, wanted: str) -> int | None:
    """0 is best; None where nothing fits. torch's own name comes before titles, these before synonyms."""
    if op.form in INDEXED and INDEX.match(wanted):
        return 0 if (op.form is Form.ASSIGNMENT) == bool(WRITTEN.search(wanted)) else 1
    names = [op.name.casefold(), short_name(op).casefold(), op.symbol or op.name.casefold()]
    title = title_of(op).casefold()
    others = [s.casefold() for s in op.synonyms] + CHINESE.get(op.name, "").split()
    if op.writes:
        others += ["in place", "inplace", "原地", "就地", *CHINESE.get(op.name.removesuffix("_"), "").split()]
    if wanted in names:
        return 0
    if any(name.startswith(wanted) for name in names):
        return 1
    if title.startswith(wanted) or op.title.casefold().startswith(wanted):
        return 2
    if wanted in others:
        return 3
    if any(other.startswith(wanted) for other in others):
        return 4
    family = title_of_group(op).casefold()
    if any(wanted in word for word in (*names, title, op.title.casefold(), *others)) or family.startswith(wanted):
        return 5
    return None
