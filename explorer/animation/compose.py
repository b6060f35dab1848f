"""Entry points: `animate` a run of an operation, or a still `picture` of one tensor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Any

import numpy as np

from explorer.animation import arrange, captions, cell_numbers
from explorer.animation import play as plays
from explorer.animation.accumulation import Accumulation
from explorer.animation.animation import Animation
from explorer.animation.arithmetic import Arithmetic
from explorer.animation.axes import AxisId, fresh, of_run
from explorer.animation.beat import Beat
from explorer.animation.broadcast import Broadcast
from explorer.animation.canvas import Canvas
from explorer.animation.composite import Composite
from explorer.animation.fill import Fill
from explorer.animation.frame import Floats, Look, Scale, Shown
from explorer.animation.loss_marks import marks_of
from explorer.animation.move import Move
from explorer.animation.overwrite import Overwrite
from explorer.animation.plane_layout import place, windows
from explorer.animation.play import Plan, Play, Run
from explorer.animation.rows import Rows
from explorer.animation.scales import levels, scales
from explorer.animation.sheet import Sheet
from explorer.animation.side_by_side import Plain
from explorer.animation.spread import Spread
from explorer.animation.succession import Succession, chained
from explorer.messages import Message
from explorer.ops import Act, Call, counterpart
from explorer.ops.contraction import Contraction
from explorer.ops.entry import ActError
from explorer.ops.provenance import Labelled, Provenance

ONE_BY_ONE = 400  # of each of the operands, and of the values of stages that are told one by one


def animate(
    call: Call[Any],
    names: Sequence[str | None],
    results: Any,
    result_names: Sequence[str],
    identities: Mapping[str, tuple[AxisId, ...]] | None = None,
    layouts: Mapping[str, Plan] | None = None,
    reading: str | None = None,
    after: Mapping[str, tuple[AxisId, ...]] | None = None,
) -> Animation:
    """The animation of one run of a call on tensors and Python numbers; `results`: what it gave. `identities`: the axes
    of tensors by name, made up where some are missing; `after`: those of results, where they are others. `layouts`:
    (rows axis, columns axis) by name. `reading`: "rows" tells a matrix product cell by cell."""
    called = [name or "" for name, x in zip(names, call.operands, strict=True) if x is not None]
    call = call.narrowed()
    results = results if isinstance(results, tuple) else (results,)
    run = Run(call, tuple(called), results, tuple(result_names))
    known = identities or {}
    play = prepared(run, known_axes(run, known, known if after is None else after), layouts or {}, reading)
    act = acted(play, 0, 0)
    found, own = scales_of(play, act.made)
    late = levels(act.late)
    if late is not None:
        found = (*found, Scale(*late))
        found = (replace(found[0], title=found[0].title or ", ".join(called)), *found[1:])
    found, rest = at_rest(play, found, act.between)
    if own or late is not None:
        with arrange.beside_bars(len(found)):
            act = acted(play, own, len(found) - 1)
    told = Animation(
        act.beats, found, play.shown, act.unit, play.kept, play.provenance, len(call.operands),
        tuple(results), act.badge, hidden(play), arithmetic_of(play, play.provenance, play.stages),
        marks_of(play), rest=rest, overall=act.overall,
    )  # fmt: skip
    told.bounds  # noqa: B018 - found out here, on the worker that animates, and not with the first frame on the screen
    return told


def arithmetic_of(run: Run, provenance: Provenance, stages: Sequence[Act]) -> Arithmetic:
    """The arithmetic of each cell of a run. `add_` adds as `add` does."""
    pure = counterpart(run.op) if run.op.writes else None
    meant = run.op if pure is None else replace(pure, signature=run.op.signature)
    names, tensors = (*run.names, *run.result_names), (*run.operands, *run.results)
    return Arithmetic(meant, names, tensors, len(run.operands), provenance, stages, run.arguments)


def scales_of(play: Play, made: list[Floats]) -> tuple[tuple[Scale, ...], int]:
    """The scales of a play but for those of masks, and the number of the one for what is `made`. Where cells only move
    or are written over it is one for all: a value keeps its colour, and a tensor has one scale."""
    count = len(play.operands)
    numeric = [k for k in range(count) if not play.masks[k] and play.op.chooser(k, count) != "index"]
    first = [cell_numbers.floats(cell_numbers.windowed(play.tensor(k), play.kept[k])) for k in numeric]
    if all(play.masks[count:]):
        made = []
    if play.op.writes or play.op.moves:
        first, made = [*first, *made], []
    return scales(first, made, (", ".join(play.names[k] for k in numeric), ", ".join(play.result_names)))


def at_rest(
    play: Play, found: tuple[Scale, ...], between: tuple[str, str]
) -> tuple[tuple[Scale, ...], tuple[Scale, ...]]:
    """The scales while it plays, and those at rest. While it plays, the scales of what is made on the way have its
    names (`between`: usual and late); at rest the last scale has the levels of the results alone."""
    k = len(play.operands)  # the first result: indices have no scale
    own = levels([cell_numbers.floats(cell_numbers.windowed(play.tensor(k), play.kept[k]))])
    if len(found) == 1 or not any(between):
        return found, ()
    names = [name for name in between if name][-len(found[1:]) :]
    playing = (found[0], *(replace(s, title=name) for s, name in zip(found[1:], names, strict=True)))
    return playing, (*playing[:-1], Scale(*own, play.result_names[0])) if own is not None else ()


def known_axes(
    run: Run, before: Mapping[str, tuple[AxisId, ...]], after: Mapping[str, tuple[AxisId, ...]]
) -> tuple[tuple[AxisId, ...], ...]:
    """The axes of operands, then of results; as in a program of this one operation where not all are known."""
    ranks = [len(getattr(x, "shape", ())) for x in (*run.operands, *run.results)]
    found = [*(before.get(name, ()) for name in run.names), *(after.get(name, ()) for name in run.result_names)]
    if [len(own) for own in found] == ranks:
        return tuple(found)
    return tuple(of_run(run.call))


def prepared(run: Run, axes: tuple[tuple[AxisId, ...], ...], layouts: Mapping[str, Plan], reading: str | None) -> Play:
    """The play: provenance, stages, windows; `axes` of operands, then of results."""
    provenance, stages = run.call.trace(), run.call.stages()
    shapes = [tuple(getattr(x, "shape", ())) for x in (*run.operands, *run.results)]
    links = [
        ((k, b), (len(run.names) + r, a))
        for r, of in enumerate(provenance.axes)
        for a, got in enumerate(of)
        for k, b in got
    ]
    wide: list[tuple[int, ...]] = []
    paged: list[int] = []
    one_by_one = stepwise(run, stages)
    if one_by_one:
        wide = [stage.provenance.shapes[0] for stage in stages]
        for n, stage in enumerate(stages):
            places = [-1 - i if i < 0 else len(shapes) + i for i in stage.inputs]
            links += [
                ((places[k], b), (len(shapes) + n, a)) for a, got in enumerate(stage.provenance.axes[0]) for k, b in got
            ]
    elif run.op.contracts and len(stages) > 1:
        wide = [stages[0].provenance.shapes[0]]
        paged = [a for a in (stages[1].axis,) if a is not None and len(shapes[0]) > 1 and len(shapes[1]) > 1]
        links += [((k, b), (len(shapes), a)) for a, got in enumerate(stages[0].provenance.axes[0]) for k, b in got]
    limit = ONE_BY_ONE if one_by_one else most(run, stages)
    kept = plays.match([*shapes, *wide], [*axes, *[None for _ in wide]], links, limit, paged)
    block = kept[-1] if wide and not one_by_one else ()
    between = kept[len(shapes) :] if one_by_one else ()
    return Play(
        **vars(run), axes=axes, kept=kept[: len(shapes)], provenance=provenance, stages=stages, plans=layouts,
        reading=reading, block=block, between=between,
    )  # fmt: skip


def stepwise(run: Run, stages: Sequence[Act]) -> bool:
    """Whether the stages are told one by one beside the operands: no act tells them together."""
    op, ranks = run.op, [len(getattr(x, "shape", ())) for x in run.operands]
    if op.writes:
        return False
    if not isinstance(op, Contraction):
        return len(stages) > 1 and not chained(stages)
    first = stages[0].provenance
    if len(stages) == 2 and len(ranks) == 2 and op.pairs(ranks, run.arguments):
        return False
    if len(stages) > 1 or len(ranks) != 2 or not isinstance(first, Labelled):
        return True
    return any(list(own) != sorted(set(own)) for own in (*first.labels, first.result))


@dataclass(frozen=True, eq=False)
class PlayBeats:
    """What a family makes of a play."""

    beats: tuple[Beat, ...]
    made: list[Floats]
    unit: float
    badge: Message | None = None
    late: tuple[Floats, ...] = ()  # what has a scale of its own
    overall: Message | None = None  # what all beats together do
    between: tuple[str, str] = ("", "")  # what that is called which is made on the way, and what is late


def acted(play: Play, scale: int, late: int) -> PlayBeats:
    """The act of the operation's family; what it makes is coloured by scale number `scale`, or `late`."""
    try:
        return familiar(play, scale, late)
    except ActError as refusal:  # on meta torch checks less than elsewhere
        plain = Plain(play, scale, captions.REFUSED, str(refusal))
        return PlayBeats(tuple(plain.beats()), plain.made, plain.placement.unit)


def familiar(play: Play, scale: int, late: int) -> PlayBeats:
    """The act as the stages tell it. Raises ActError."""
    op, squashes = play.op, any(s.reduces for s in play.stages)
    if op.overwrites:
        over = Overwrite(play, scale)
        return PlayBeats(tuple(over.beats()), over.made, over.unit)
    if play.between:
        composite = Composite(play)
        composite.build(scale, late)
        return PlayBeats(
            tuple(composite.beats),
            composite.made,
            composite.unit,
            composite.badge,
            (),
            composite.overall,
            composite.between,
        )
    if op.contracts and play.reading == "rows" and by_rows(play):
        rows = Rows(play, scale)
        return PlayBeats(tuple(rows.beats()), rows.made, rows.placement.unit)
    if op.contracts and squashes:
        spread = Spread(play, play.block, scale)
        return PlayBeats(
            tuple(spread.beats()), spread.made, spread.unit, spread.badge, (), None, (spread.block.name, "")
        )
    if op.reduces or len(play.stages) > 1:
        chain = Succession(play)
        chain.build(scale, late)
        return PlayBeats(
            tuple(chain.beats), chain.made, chain.unit, chain.badge, tuple(chain.late), chain.overall, chain.between
        )
    act: Move | Accumulation | Fill | Broadcast
    if op.moves:
        act = Move(play, scale)
    elif play.stages[0].join is not None:
        act = Accumulation(play, scale)
    else:
        act = Fill(play, scale) if op.creates else Broadcast(play, scale)
    overall = act.overall if isinstance(act, Broadcast) else None
    return PlayBeats(tuple(act.beats()), act.made, act.placement.unit, overall=overall)


def by_rows(play: Play) -> bool:
    """Whether each cell comes of a line of one operand and a line of another that run along one axis together."""
    squashed = [k for k, act in enumerate(play.stages) if act.squashes]
    if squashed != [1] or any(len(x.shape) > 2 for x in play.shown):
        return False
    return [k for k, _ in play.stages[0].provenance.axes[0][play.stages[1].axis or 0]] == [0, 1]


def most(run: Run, stages: Sequence[Act]) -> int:
    """How many cells the largest tensor may have, so that with strips, copies and what is on its way no frame has more
    than 4,096."""
    op, count = run.op, max(len(run.operands), 1)
    if op.reduces:
        several = len(run.results) > 1 or not isinstance(run.arguments.get("dim"), int)
        return 2000 if len(getattr(run.operands[0], "shape", ())) > 2 else 3900 if several else 4032
    if op.creates:
        return 4096
    if op.moves:
        return 1900 // count
    if op.contracts:
        return 700 if len(stages) == 1 else 1600  # of one stage both operands stretch over the result
    if any(stage.axis is not None for stage in stages):  # along an axis that stays
        return 1300
    return 1000 if op.cellwise and count > 1 else 1600


def hidden(play: Play) -> Message | None:
    """What is not drawn of the largest tensor."""
    for shown, kept in zip(play.shown, play.kept, strict=True):
        drawn = prod(len(k) for k in kept)
        whole = prod(shown.shape)
        if drawn < whole:
            return Message("captions", captions.HIDDEN, {"name": shown.name, "drawn": drawn, "whole": whole})
    return None


def picture(
    name: str,
    tensor: Any,
    identities: Mapping[str, tuple[AxisId, ...]] | tuple[AxisId, ...] | None = None,
    layout: Plan | None = None,
    unknown: bool = False,
) -> Animation:
    """One tensor at rest, as an animation of one step. `identities`: its own, or those of all by name. `unknown`:
    memory that nobody has written yet."""
    shape = tuple(tensor.shape)
    axes = identities.get(name) if isinstance(identities, Mapping) else identities
    if axes is None or len(axes) != len(shape):
        axes = fresh(len(shape), [])
    kept = windows(shape, read=(28, 48))
    unit, rows, columns = 48.0, *(layout or (None, None))
    for _ in range(3):
        plan = place(shape, kept, rows, columns, gaps=plays.gaps(unit))
        unit = arrange.side(*plan.extent, 0.0, arrange.paged(plan))
    window = cell_numbers.windowed(tensor, kept)
    look = Look.PENDING if window.device.type == "meta" else Look.UNKNOWN if unknown else Look.VALUE
    texts = ("?",) * window.numel() if look is Look.UNKNOWN else cell_numbers.texts(window)
    values = np.full(window.numel(), np.nan) if look is Look.UNKNOWN else cell_numbers.floats(window)
    dtype = str(tensor.dtype).removeprefix("torch.")
    sheet = Sheet(plan, axes, values, texts, look=look, tensor=0, cell=plan.flat, name=name, dtype=dtype)

    def draw(u: float, canvas: Canvas) -> None:
        canvas.sheet(sheet)
        canvas.dress(sheet)

    caption = Message("captions", captions.STILL, {"name": name, "shape": captions.shape_text(shape)})
    found, _ = scales([values], [], ("", ""))
    shown = (Shown(name, shape),)
    drawn = sheet.layout.count
    missing = {"name": name, "drawn": drawn, "whole": prod(shape)}
    return Animation(
        (Beat(caption, 1.0, draw, 1.0),), found, shown, unit, (kept,), results=(tensor,), operands=0,
        hidden=Message("captions", captions.HIDDEN, missing) if drawn < prod(shape) else None,
    )  # fmt: skip
