"""What people, files and spreadsheets put into fields: sound, wrong, and hostile."""

from random import Random

FIELDS = (
    *("0", "1", "-1", "2, 3", "-1, ...", "::2", "[0, 0]", ":, None", "...", "9", "m", "0, 0, 0", "1:", "True", "x +"),
    *("", " ", "dim", "3.5", "nan", "-inf", "1e400", "(1, 2", "[[1, 2], [3]]", "tensor([[1., 2.]])", "A", "W", "class"),
    *("1+2j", "0x1F", "0b2", "'", '"', "\\", "#ff0000", "sum", "softmax", "np.inf", "[True, False]", "torch.int8"),
)
HOSTILE = (
    "<img src='/etc/hostname'>",
    "<b>&amp;</b> &A {0} {name} %1 %s",
    "a\0b",
    "\ud800\udfff",
    "\ufffe\uffff\x1b[31m",
    "\u202e1,2\u202c \u200f\u0627\u200f",
    "1\u202f234\t5\u00a0678",
    "1_",
    "_1_0_",
    "10²\t10³",
    "٣\t४\t五",
    "\U0001f9ee\U0001f468\u200d\U0001f469\u200d\U0001f467 e\u0301\u0301\u0301",
    "9" * 400,
    "7" * 5_000,
    "-" + "1" * 5_000 + "." + "2" * 5_000,
    "[" * 5_000,
    "[" * 2_000 + "1" + "]" * 2_000,
    "(" * 300 + "0" + ")" * 300,
    "(1.50)\t2.00\n3.25\t(4.00)",
    "x;y\n1,5;2,5\n3;4",
    "year,count\n2001,3\n2002,nan\n2003,",
    '"a ""b""",2\r\n3,"4\r\n5"',
    "__import__('os').system('true')",
    "tensor([[1., nan], [inf, -0.]], dtype=torch.float16, device='cuda:0', requires_grad=True)",
    "\n" * 2_000,
    "a" * 20_000,
)


def field(dice: Random) -> str:
    """A text for a field, mostly one that could be meant."""
    return dice.choice(HOSTILE if dice.random() < 0.3 else FIELDS)


def table(dice: Random) -> str:
    """A text for a grid or a clipboard: numbers in rows, up to 10^4 of them, or anything else."""
    if dice.random() < 0.5:
        return field(dice)
    rows, columns = dice.choice(((1, 1), (2, 3), (3, 3), (5, 2), (1, 40), (100, 100)))
    sign = dice.choice(("\t", ",", " ", "; "))
    return "\n".join(sign.join(str(dice.randint(-300, 300)) for _ in range(columns)) for _ in range(rows))
