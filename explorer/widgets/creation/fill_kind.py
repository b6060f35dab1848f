"""The ways to fill a new tensor."""

from dataclasses import dataclass

from explorer.messages import Phrase


@dataclass(frozen=True)
class Field:
    """A number to type: its name in torch's words, its label, the text it starts with."""

    name: str
    text: str
    integer: bool = False
    optional: bool = False


@dataclass(frozen=True)
class FillKind:
    """A kind of fill: `key`, the words on its button and what it does; `shaped` where the user says the shape.

    `makes`: the entry that does it, where `key` is not its name; `told`: the argument that the shape becomes (sides: n
    and m, of two axes; end and steps: how many cells; "": none). `typed`: values; `unset`: nobody has written any.
    """

    key: str
    word: Phrase
    says: Phrase
    fields: tuple[Field, ...] = ()
    shaped: bool = True
    seeded: bool = False
    makes: str = ""
    told: str = "size"
    typed: bool = False
    unset: bool = False


KINDS: tuple[FillKind, ...] = (
    FillKind(
        "tensor",
        Phrase("values", "值"),
        Phrase("Type or paste values: shape and dtype follow.", "输入或粘贴数值：形状和数据类型 (dtype) 随之确定。"),
        typed=True,
    ),
    FillKind("zeros", Phrase("zeros"), Phrase("0 everywhere.", "处处为 0。")),
    FillKind("ones", Phrase("ones"), Phrase("1 everywhere.", "处处为 1。")),
    FillKind("full", Phrase("full"), Phrase("One value everywhere.", "处处为同一个值。"), (Field("fill_value", "7"),)),
    FillKind(
        "count",
        Phrase("arange"),
        Phrase("0, 1, 2 … in reading order, as many as the shape holds.", "0, 1, 2 … 按阅读顺序，填满整个形状。"),
        makes="arange",
        told="end",
    ),
    FillKind(
        "arange",
        Phrase("arange with steps", "带步长的 arange"),
        Phrase(
            "From start up to, not including, end; the shape follows.", "从 start 到 end（不含 end）；形状随之确定。"
        ),
        (Field("start", "0"), Field("end", "10"), Field("step", "1", optional=True)),
        shaped=False,
        told="",
    ),
    FillKind(
        "linspace",
        Phrase("linspace"),
        Phrase(
            "Evenly spaced from start to end, both included, as many as the shape holds.",
            "从 start 到 end（两端都包含）等间隔取值，填满整个形状。",
        ),
        (Field("start", "0"), Field("end", "1")),
        told="steps",
    ),
    FillKind(
        "eye",
        Phrase("eye"),
        Phrase("1 on the diagonal, 0 elsewhere; two axes.", "对角线为 1，其余为 0；两个轴。"),
        told="sides",
    ),
    FillKind(
        "rand", Phrase("rand"), Phrase("Random, evenly between 0 and 1.", "0 到 1 之间均匀分布的随机数。"), seeded=True
    ),
    FillKind(
        "randn", Phrase("randn"), Phrase("Random, bell-shaped around 0.", "以 0 为中心正态分布的随机数。"), seeded=True
    ),
    FillKind(
        "randint",
        Phrase("randint"),
        Phrase("Random whole numbers from low up to, not including, high.", "从 low 到 high（不含 high）的随机整数。"),
        (Field("low", "0", integer=True), Field("high", "10", integer=True)),
        seeded=True,
    ),
    FillKind(
        "empty",
        Phrase("empty"),
        Phrase(
            "Memory as it is found: nobody has written values, so each cell shows a ?.",
            "未初始化的内存：没有人写入过值，所以每个单元格都显示 ?。",
        ),
        unset=True,
    ),
    FillKind(
        "meta",
        Phrase("shape only", "只有形状"),
        Phrase(
            "A meta tensor: shape and dtype without values or memory, to try out sizes.",
            "meta 张量：只有形状和数据类型 (dtype)，没有值也不占内存，用来试验大小。",
        ),
        makes="empty",
        unset=True,
    ),
)
