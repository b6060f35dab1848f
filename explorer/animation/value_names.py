"""What the values in between are called: the calls of torch that give just what is shown."""

import re
from dataclasses import dataclass, replace

from explorer.animation.glyphs import written
from explorer.animation.play import Play
from explorer.ops import Act
from explorer.ops.words import DROPPED, Join


@dataclass(frozen=True)
class ValueName:
    """What a stage's value is called: `whole`, `amax(A, dim=0, keepdim=True)`, and `brief`, `amax`, where it is a part
    of something else. Of a squash also what is squashed, along which axes so far, and how many values of each cell."""

    whole: str
    brief: str
    of: str = ""
    dims: tuple[object, ...] = ()
    count: int = 1
    join: Join | None = None

    @classmethod
    def call(
        cls, function: str, of: str, dims: tuple[object, ...], count: int, join: Join | None = None
    ) -> "ValueName":
        """As the call that gives just what is shown: the axes stay, with length 1."""
        dim = dims[0] if len(dims) == 1 else f"({', '.join(map(str, dims))})"
        return cls(f"{function}({of}, dim={dim}, keepdim=True)", function, of, dims, count, join)


def names_of(play: Play) -> list[ValueName]:
    """The names of the values of all stages; the last one is the result's."""
    out: list[ValueName] = []
    start = [ValueName(name, name) for name in play.names]
    for stage in play.stages:
        inputs = [start[-1 - i] if i < 0 else out[i] for i in stage.inputs]
        if stage.squashes:
            out.append(squashed(play, stage, inputs[0]))
        elif (
            inputs
            and inputs[0].join is not None
            and inputs[0].join.averages
            and stage.words.divisor == str(inputs[0].count)
        ):
            out.append(ValueName.call(inputs[0].join.averages, inputs[0].of, inputs[0].dims, inputs[0].count))
        elif stage.words is DROPPED:
            out.append(replace(inputs[0], whole=inputs[0].whole.replace(", keepdim=True", "")))
        else:
            name = written(stage.words, *(named(x.brief) for x in inputs))
            out.append(ValueName(name, name))
    return [*out[:-1], replace(out[-1], whole=play.result_names[0])] if out else out


def squashed(play: Play, stage: Act, source: ValueName) -> ValueName:
    """The name of a squash, together with those of the same kind that it goes on from."""
    join = stage.join
    call = join.call if join is not None and join.call else stage.function
    together = join is not None and source.join is join and not join.once
    of = source.of if together else source.whole
    dims = (*(source.dims if together else ()), dim_of(play, stage))
    size = stage.provenance.operands[0][stage.axis or 0]
    return ValueName.call(call, of, dims, size * (source.count if together else 1), join)


def dim_of(play: Play, stage: Act) -> object:
    """The axis of a squash as the user wrote it."""
    given = play.arguments.get("dim")
    rank = len(stage.provenance.operands[0])
    dims = given if isinstance(given, tuple | list) else (given,)
    return next((d for d in dims if d is not None and d % rank == stage.axis), stage.axis)


def named(name: str) -> str:
    """The name of what a stage works on, in parentheses where it is more than a name."""
    return name if re.fullmatch(r"\w+|\|[^|]*\|", name) else f"({name})"
