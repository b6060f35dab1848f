"""The sentences under the stage: each one whole template, so that it can be translated."""

from collections.abc import Sequence

from explorer.animation.axes import AxisId
from explorer.messages import QT_TRANSLATE_NOOP, Message, Phrase
from explorer.ops import Act
from explorer.ops.words import NOTHING, Words

AIM = {
    "row": QT_TRANSLATE_NOOP(
        "captions", "dim={dim}: index {letter} disappears. {n} rows become 1; each column keeps its own {what}."
    ),
    "column": QT_TRANSLATE_NOOP(
        "captions", "dim={dim}: index {letter} disappears. {n} columns become 1; each row keeps its own {what}."
    ),
    "page": QT_TRANSLATE_NOOP(
        "captions",
        "dim={dim}: index {letter} disappears. {n} pages become 1; each place on the page keeps its own {what}.",
    ),
    "value": QT_TRANSLATE_NOOP("captions", "dim={dim}: index {letter} disappears. {n} values become 1: their {what}."),
}
AIM_ONE = QT_TRANSLATE_NOOP(
    "captions", "dim={dim}: index {letter} disappears. It has length 1, so each {what} is of one value."
)
AIM_NONE = QT_TRANSLATE_NOOP(
    "captions", "dim={dim}: index {letter} disappears. It has length 0: the {what} of no values is {value}."
)
AIM_SEVERAL_NONE = QT_TRANSLATE_NOOP(
    "captions",
    "dim={dim}: indices {letters} disappear. There are no values along them: the {what} of no values is {value}.",
)
AIM_ALL = QT_TRANSLATE_NOOP(
    "captions", "dim=all: indices {letters} disappear, one after another. {n} values become 1: their {what}."
)
AIM_SEVERAL = QT_TRANSLATE_NOOP(
    "captions", "dim={dim}: indices {letters} disappear, one after another. Each {what} is of {n} values."
)
FIRST = {
    "row": QT_TRANSLATE_NOOP("captions", "Row {k} is taken: the strip starts with its values."),
    "column": QT_TRANSLATE_NOOP("captions", "Column {k} is taken: the strip starts with its values."),
    "page": QT_TRANSLATE_NOOP("captions", "Page {letter} = {k} is taken: the tray starts with its values."),
    "value": QT_TRANSLATE_NOOP("captions", "Value {k} is taken: the frame starts with it."),
}
JOIN = {
    "row": QT_TRANSLATE_NOOP("captions", "Row {k} joins: the strip holds the {what} so far."),
    "column": QT_TRANSLATE_NOOP("captions", "Column {k} joins: the strip holds the {what} so far."),
    "page": QT_TRANSLATE_NOOP("captions", "Page {letter} = {k} joins: the tray holds the {what} so far."),
    "value": QT_TRANSLATE_NOOP("captions", "Value {k} joins: the frame holds the {what} so far."),
}
JOIN_MANY = {
    "row": QT_TRANSLATE_NOOP("captions", "+ {count} rows, one after another: the strip holds the {what} so far."),
    "column": QT_TRANSLATE_NOOP("captions", "+ {count} columns, one after another: the strip holds the {what} so far."),
    "page": QT_TRANSLATE_NOOP("captions", "+ {count} pages, one after another: the tray holds the {what} so far."),
    "value": QT_TRANSLATE_NOOP("captions", "+ {count} values, one after another: the frame holds the {what} so far."),
}
SQUASHED = {
    "row": QT_TRANSLATE_NOOP("captions", "All rows are in. Axis {number} closes from {n} to 1."),
    "column": QT_TRANSLATE_NOOP("captions", "All columns are in. Axis {number} closes from {n} to 1."),
    "page": QT_TRANSLATE_NOOP("captions", "All pages are in. Axis {number} closes from {n} to 1."),
    "value": QT_TRANSLATE_NOOP("captions", "All values are in. Axis {number} closes from {n} to 1."),
}
KEPT = QT_TRANSLATE_NOOP("captions", "keepdim=True: axis {numbers} stays with length 1. The shape is {shape}.")
DROPPED = QT_TRANSLATE_NOOP("captions", "keepdim=False drops axis {numbers}. {name} has the shape {shape}.")
RENUMBERED = QT_TRANSLATE_NOOP(
    "captions",
    "keepdim=False drops axis {numbers}; what was axis {was} is now axis {now}. {name} has the shape {shape}.",
)
STAGED = QT_TRANSLATE_NOOP("captions", "{function}: {steps}. {name} has the shape {shape}.")
THEN = QT_TRANSLATE_NOOP("captions", "{first}, then {next}")
PRODUCTS_OF = QT_TRANSLATE_NOOP("captions", "all products of {names}")
ALONG = QT_TRANSLATE_NOOP("captions", "the {what} along index {letter}")
DIAGONAL_OF = QT_TRANSLATE_NOOP("captions", "the diagonal of {names}")
REORDERED = QT_TRANSLATE_NOOP("captions", "the axes in another order")
UNCHANGED = QT_TRANSLATE_NOOP("captions", "{names} as it is")
STRETCHED_OVER = QT_TRANSLATE_NOOP("captions", "{names} stretched over the shape of the result")
FOR_EACH = QT_TRANSLATE_NOOP("captions", "{formula} for each x")
MADE = QT_TRANSLATE_NOOP("captions", "{name} is a new tensor of shape {shape}.")
TAKEN_ASIDE = QT_TRANSLATE_NOOP("captions", "The cells of {operand} are copied aside, to be worked on.")
RESULT = QT_TRANSLATE_NOOP("captions", "{name} is a new tensor of shape {shape}; {operand} is as it was.")
STILL = QT_TRANSLATE_NOOP("captions", "{name} has the shape {shape}.")
REFUSED = QT_TRANSLATE_NOOP(
    "captions", "{name} has the shape {shape}. How it comes about is not shown: torch refuses the step {function} here."
)
PASSING = QT_TRANSLATE_NOOP(
    "captions",
    "On the way to {function}, index {letter} closes: {n} values become one, their {what}. The axis comes back.",
)
AT_ONCE = QT_TRANSLATE_NOOP(
    "captions", "torch refuses {join} of two values of {dtype}: all {n} are taken at once. Axis {number} closes to 1."
)
BESIDE = QT_TRANSLATE_NOOP("captions", "Beside each other: {names}.")
SCALAR_OF = QT_TRANSLATE_NOOP("captions", "{operand} is a single value without axes: its {what} is {value}.")
ITSELF = QT_TRANSLATE_NOOP("captions", "One value alone: its {what} is the value itself.")
SCALAR = QT_TRANSLATE_NOOP("captions", "{operand} is a single value without axes: there is nothing to squash.")


def shape_text(shape: tuple[int, ...]) -> str:
    """`(3, 4)`, `(3,)`, `()`."""
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


def noun(stage: Act) -> Phrase:
    """What is made of the slabs: a sum, a product."""
    return (stage.join.words.noun if stage.join is not None else NOTHING) or Phrase(stage.function)


INDEXED = QT_TRANSLATE_NOOP("captions", "{what} (and, small, its index)")


def indexed(what: Phrase | Message) -> Message:
    """What is made of the slabs, where also its index is wanted."""
    return Message("captions", INDEXED, {"what": what})


def aim(kind: str, dim: object, axis: AxisId, size: int, what: Phrase | Message, value: str) -> Message:
    """What will happen to the axis."""
    template = AIM_NONE if size == 0 else AIM_ONE if size == 1 else AIM[kind]
    return Message("captions", template, {"dim": dim, "letter": axis.letter, "n": size, "what": what, "value": value})


def aim_several(dim: object, axes: Sequence[AxisId], size: int, what: Phrase | Message) -> Message:
    """What will happen to several axes; `size` cells come together in one. `dim` is None where all go."""
    letters = ", ".join(axis.letter for axis in axes)
    template = AIM_ALL if dim is None else AIM_SEVERAL
    return Message("captions", template, {"dim": dim, "letters": letters, "n": size, "what": what})


def join(kind: str, axis: AxisId, start: int, stop: int, what: Phrase | Message) -> Message:
    """Slabs `start` to `stop` - 1 are taken."""
    values = {"k": start, "letter": axis.letter, "count": stop - start, "what": what}
    template = (JOIN_MANY if stop - start > 1 else JOIN if start else FIRST)[kind]
    return Message("captions", template, values)


def squashed(kind: str, number: int, size: int) -> Message:
    """The axis closes."""
    return Message("captions", SQUASHED[kind], {"number": number, "n": size})


CHANGE_OTHER = QT_TRANSLATE_NOOP("captions", "{function}: each value by itself.")
STRETCH_OTHER = QT_TRANSLATE_NOOP("captions", "{function}: the strip stretches over all slabs and meets each place.")
PLACED = QT_TRANSLATE_NOOP("captions", "{function}: each value meets the one of its place in {strip}.")
BADGE = QT_TRANSLATE_NOOP(
    "captions", "Step by step {partial}, torch's {function} {whole}: another order of steps rounds differently."
)
BADGE_WHOLE = QT_TRANSLATE_NOOP("captions", "Step by step {partial}, torch's {function} {whole}.")


def change(words: Words) -> Message:
    """What is done to each cell by itself."""
    return Message("captions", words.each or CHANGE_OTHER, {"function": words.name})


def stretch(words: Words) -> Message:
    """A strip meets every slab."""
    return Message("captions", words.meets or STRETCH_OTHER, {"function": words.name})


def placed(words: Words, strip: str) -> Message:
    """Cells of the same place meet."""
    return Message("captions", PLACED, {"function": words.name, "strip": strip})


HIDDEN = QT_TRANSLATE_NOOP("captions", "{name}: {drawn} of {whole} cells are shown; all of them are computed.")


SAME_SHAPE = QT_TRANSLATE_NOOP(
    "captions", "{a} and {b} have the same shape {sa}: each cell meets the cell of its place."
)
CROSSED = QT_TRANSLATE_NOOP(
    "captions",
    "{a} {sa} stands upright and {b} {sb} lies: each of one meets each of the other, {name} has the shape {shape}.",
)
ALIGNED = QT_TRANSLATE_NOOP(
    "captions", "{a} {sa} and {b} {sb} are aligned from the right: {name} has the shape {shape}."
)
ALIGNED_ALL = QT_TRANSLATE_NOOP("captions", "{names} are aligned from the right: {name} has the shape {shape}.")
ONE_VALUE = QT_TRANSLATE_NOOP("captions", "{b} is one value: every cell of {a} {sa} meets it.")
ONE_VALUE_FIRST = QT_TRANSLATE_NOOP("captions", "{a} is one value: every cell of {b} {sb} meets it.")
STRETCHED = QT_TRANSLATE_NOOP(
    "captions", "{names}: an axis that is missing or has length 1 is stretched. The copies take no memory."
)
MET = QT_TRANSLATE_NOOP("captions", "{function}: cells of the same place meet, one pair for each cell of {name}.")
MET_ALL = QT_TRANSLATE_NOOP(
    "captions", "{function}: cells of the same place meet, one of each operand for each cell of {name}."
)
CONVERTED = QT_TRANSLATE_NOOP("captions", "Each value of {operand} is converted from {was} to {now}.")
MOVED = QT_TRANSLATE_NOOP("captions", "Each value of {operand} is copied to the device {device}.")
COPIED = QT_TRANSLATE_NOOP("captions", "Each value of {operand} goes to the same place of {name}.")

SWAPS = QT_TRANSLATE_NOOP(
    "captions", "{function}: the axes change places, {letters}. {operand} {was} becomes {name} {shape}."
)
STAYS = QT_TRANSLATE_NOOP("captions", "{function}: {name} has the shape of {operand}, {shape}.")
ONES_GO = QT_TRANSLATE_NOOP(
    "captions", "{function}: an axis of length 1 goes. {operand} {was} becomes {name} {shape}; no cell changes."
)
ONES_COME = QT_TRANSLATE_NOOP(
    "captions", "{function}: an axis of length 1 comes. {operand} {was} becomes {name} {shape}; no cell changes."
)
RESHAPES = QT_TRANSLATE_NOOP(
    "captions", "{function}: {operand} {was} becomes {name} {shape}, in the same reading order."
)
STRETCHES = QT_TRANSLATE_NOOP("captions", "{function}: {operand} {was} becomes {name} {shape}.")
TRAVEL = QT_TRANSLATE_NOOP("captions", "Each cell of {operand} goes to its place in {name}; no value changes.")
TRAVEL_VIEW = QT_TRANSLATE_NOOP(
    "captions",
    "The cells of {operand} are seen at their places in {name}: a view of the same memory, nothing is copied.",
)
TRAVEL_COPY = QT_TRANSLATE_NOOP(
    "captions", "The cells of {operand} are copied to their places in {name}, which has memory of its own."
)
LOOKS_UP = QT_TRANSLATE_NOOP(
    "captions",
    "{function}, dim={dim}: each cell of {name} is read in {operand}; {chooser} holds its index along {letter}.",
)
LOOKS_UP_FLAT = QT_TRANSLATE_NOOP(
    "captions",
    "{function}: each cell of {name} is read in {operand}, counted in reading order; {chooser} holds its index.",
)
PUTS = QT_TRANSLATE_NOOP(
    "captions",
    "{function}, dim={dim}: {name} is {operand}, but for the cells where {other} is put; {chooser} holds their index "
    "along {letter}.",
)
PUTS_AT = QT_TRANSLATE_NOOP(
    "captions",
    "{function}: {name} is {operand}, but for the cells where {other} is put; the cells are given by {choosers}.",
)
PUT = QT_TRANSLATE_NOOP(
    "captions",
    "The cells of {operand} and those of {other} are copied to their places in {name}; of several, one stays.",
)
PUT_AND_ADDED = QT_TRANSLATE_NOOP(
    "captions", "The cells of {operand} are copied to their places in {name}, and those of {other} are added to them."
)
CHOOSES = QT_TRANSLATE_NOOP(
    "captions", "{function}: where {chooser} is True, {name} has the cell of {operand}, elsewhere that of {other}."
)
TAKEN = QT_TRANSLATE_NOOP(
    "captions", "The cells that are chosen are copied to their places in {name}, which has memory of its own."
)
DIVIDES = QT_TRANSLATE_NOOP(
    "captions", "{function}, dim={dim}: {operand} {was} is cut along {letter} into {count}: {names}."
)
GRID = QT_TRANSLATE_NOOP(
    "captions",
    "{function}: each of {operands} is stretched over the grid of all of them; {names} have the shape {shape}.",
)
TRAVEL_VIEWS = QT_TRANSLATE_NOOP(
    "captions", "The cells of {operand} are seen in {names}: views of the same memory, nothing is copied."
)
TRAVEL_ZEROS = QT_TRANSLATE_NOOP(
    "captions", "Cells of one side are copied to their places in {name}, which has memory of its own; the others are 0."
)
RELAID = QT_TRANSLATE_NOOP("captions", "No cell moves in memory: {name} only reads the same cells in another order.")
CAT_SAME = QT_TRANSLATE_NOOP(
    "captions", "dim={dim}: {names} are joined along axis {letter}, which stays as long as it was. {name} is {shape}."
)
CAT_WITHOUT = QT_TRANSLATE_NOOP(
    "captions",
    "dim={dim}: torch leaves out {left}, which has one axis and no cells. {name} {shape} is made of {names}, along axis"
    " {letter}.",
)
NO_CELLS = QT_TRANSLATE_NOOP("captions", "{names}: there are no cells that could slide.")
CAT = QT_TRANSLATE_NOOP(
    "captions", "dim={dim}: {names} are joined along axis {letter}, which grows. {name} is {shape}."
)
STACK = QT_TRANSLATE_NOOP(
    "captions", "dim={dim}: {names} are joined along a new axis {letter} of length {count}. {name} is {shape}."
)
THIN = QT_TRANSLATE_NOOP("captions", "First each tensor gets the new axis {letter}, of length 1, at dim={dim}.")
SLIDE = QT_TRANSLATE_NOOP("captions", "{names}: the block slides to its place in {name}.")
SLIDE_ALL = QT_TRANSLATE_NOOP("captions", "{names}: the blocks slide together and are {name}, {shape}.")
WRITES_ALL = QT_TRANSLATE_NOOP("captions", "{function} writes every cell of {name} anew, in the memory that it has.")
WRITES_SOME = QT_TRANSLATE_NOOP(
    "captions", "{function} writes {count} of the {whole} cells of {name}, in the memory that it has; the rest stays."
)
UNWRITTEN = QT_TRANSLATE_NOOP("captions", "{cell} is not written: it stays {value}.")
WRITTEN = QT_TRANSLATE_NOOP("captions", "The new values stand where the old ones stood; those are gone.")
WRITTEN_SAVED = QT_TRANSLATE_NOOP(
    "captions",
    "The new values stand where the old ones stood; those are gone. {bytes} that a new tensor takes are saved.",
)
SAME_MEMORY = QT_TRANSLATE_NOOP("captions", "the same memory")
NEW = QT_TRANSLATE_NOOP("captions", "{function}: {name} is new and has the shape {shape}.")
FILLED = QT_TRANSLATE_NOOP("captions", "{function} gives {name} its values, in reading order.")
LINE_AIM = QT_TRANSLATE_NOOP(
    "captions",
    "dim={dim}: the {what} runs along index {letter}. The axis stays; each cell keeps the {what} up to itself.",
)
LINE_NONE = QT_TRANSLATE_NOOP("captions", "dim={dim}: there is nothing to run along. {name} has the same shape.")
LINE_FIRST = QT_TRANSLATE_NOOP("captions", "{letter} = {k}: the strip starts with these values and leaves a copy.")
LINE_JOIN = QT_TRANSLATE_NOOP("captions", "{letter} = {k} joins: the strip leaves the {what} so far.")
LINE_MANY = QT_TRANSLATE_NOOP("captions", "+ {count} more, one after another: each leaves the {what} so far.")

CONTRACT_AIM = QT_TRANSLATE_NOOP(
    "captions",
    "Axis {x} of {a} and axis {y} of {b} (index {letter}, length {n}) run together: all products, then their sum.",
)
CONTRACT_DOT = QT_TRANSLATE_NOOP(
    "captions", "{a} and {b} run together along index {letter}, length {n}: all products, then their sum."
)
CONTRACT_SPREAD = QT_TRANSLATE_NOOP("captions", "{a} and {b} spread into the block of all products, {block}.")
CONTRACT_SQUASH = QT_TRANSLATE_NOOP(
    "captions", "Index {letter} disappears: the products of one place are added up over {n} of them."
)
CONTRACT_END = QT_TRANSLATE_NOOP("captions", "Index {letter} is gone. {name} has the shape {shape}.")
ROWS_AIM = QT_TRANSLATE_NOOP(
    "captions",
    "Each cell of {name} comes from one row of {a} and one column of {b}: multiply pair by pair, then add up.",
)
ROWS_CELL = QT_TRANSLATE_NOOP("captions", "{cell}: its row of {a} and its column of {b}, pair by pair, added up.")
ROWS_MANY = QT_TRANSLATE_NOOP("captions", "+ {count} cells of {name} in the same way.")
