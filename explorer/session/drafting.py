"""What a draft starts with, and what is foretold of it. Plain functions over values; the session holds the draft.

A choice of the user's is kept wherever it still makes sense: the axis chosen for `sum` stays when `mean` is picked.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from itertools import islice, product
from typing import Any, cast

from explorer.errors import ExplorerError, OpError, RoomError
from explorer.late import torch
from explorer.memory import room_for
from explorer.messages import QT_TRANSLATE_NOOP, Message
from explorer.ops import Call, Form, Op, counterpart, forecasts
from explorer.ops.calls import name_of_number
from explorer.ops.conversion import TO
from explorer.ops.indexing import READ, with_names, with_places
from explorer.ops.parameters import Axes, Axis, Parameter, Permutation, Size
from explorer.ops.parameters import Operand as Part
from explorer.ops.reduction import SUM
from explorer.ops.refusal_text import Cause, Reason, too_many
from explorer.session.draft import Draft, Operand

TRIES = 16  # names that are tried beside the first operand
MOST_RESULTS = 24  # tensors that one step puts on the shelf
FIRST_SIGHT = Draft(SUM.call(("A",), {"dim": 0}))


def begun(op: Op, workspace: Any, current: str | None, before: Draft | None, device: str) -> Draft:
    """A draft of `op` on the `current` tensor, with what `before` chose where it still fits."""
    names = [item.name for item in workspace.items if not item.is_array]
    first = current if current in names else (names[0] if names else None)
    if first and op.subject and op.operands[0].chooses == "mask" and _is_mask(workspace, first):  # it is what chooses
        names = [*(n for n in names if n != first), first]
        first = next((n for n in reversed(names) if not _is_mask(workspace, n)), first)
    arguments = dict(before.arguments) if before is not None else {}
    kept = {p.name: _start(p, workspace, first, arguments.get(p.name)) for p in op.parameters}
    chosen = {k: v for k, v in kept.items() if v is not None}
    count = len(op.operands) + (op.arity is None and op.operands[-1].many != "")
    operands: tuple[Operand, ...] = tuple(
        first if place == op.subject else _other(op, place, count, workspace, names, first, chosen)
        for place in range(count)
    )
    operands = _with_partners(op, operands, workspace, names, chosen)
    draft = Draft(Call(op, operands, chosen), device=device)
    if "key" in kept and before is not None and "key" in before.arguments and before.operands[:1] == (first,):
        draft = with_key(draft, written_key(before))
    return with_axes(draft, workspace)


def _is_mask(workspace: Any, name: str) -> bool:
    return str(workspace[name].dtype) == "torch.bool"


def disarmed(op: Op) -> Op:
    """What a draft of `op` becomes when it is to be about another tensor: nothing overwrites what nobody chose."""
    if not op.writes:
        return op
    return READ if op.form is Form.ASSIGNMENT else counterpart(op) or FIRST_SIGHT.op


def _other(
    op: Op,
    place: int,
    count: int,
    workspace: Any,
    names: Sequence[str],
    first: str | None,
    arguments: Mapping[str, Any],
) -> Operand:
    """What a draft of `count` operands begins with in another place than that of its subject."""
    own = op.placed(count)[place]
    assert own is not None
    if own.chooses:
        return _chooser(op, own, workspace, names, first, arguments)
    if own.optional or own.default is not None:
        return cast(Operand, own.default)
    if (op.fills or op.choosers(count)) and own.number:
        return 0
    return first  # until its partners are found


def _with_partners(
    op: Op, operands: tuple[Operand, ...], workspace: Any, names: Sequence[str], arguments: Mapping[str, Any]
) -> tuple[Operand, ...]:
    """The free operands filled with the newest tensors that torch takes beside the subject, those of its rank first;
    where it takes none, with the newest other tensor. Only the last names are tried: a forecast takes up to a
    millisecond."""
    first, placed = operands[op.subject], op.placed(len(operands))
    free = [k for k, own in enumerate(placed) if k != op.subject and own is not None and operands[k] == first]
    if not isinstance(first, str) or not free:
        return operands
    newest = [n for n in reversed(names) if n != first][:TRIES]
    newest.sort(key=lambda name: len(workspace[name].shape) != len(workspace[first].shape))
    lacks = any(x is None and own is not None and not own.optional for own, x in zip(placed, operands, strict=True))
    for known in () if lacks else (arguments, {}) if arguments else ({},):
        for chosen in islice(product((*newest, first), repeat=len(free)), TRIES * len(free) ** 2 + 1):
            tried = _placed(operands, free, chosen)
            try:
                op.forecast([workspace[x].tensor() if isinstance(x, str) else x for x in tried], known)
            except OpError:
                continue
            return tried
    return _placed(operands, free, (newest[:1] or [first]) * len(free))


def _placed(operands: tuple[Operand, ...], places: Sequence[int], chosen: Sequence[Operand]) -> tuple[Operand, ...]:
    found = dict(zip(places, chosen, strict=True))
    return tuple(found.get(k, x) for k, x in enumerate(operands))


def _chooser(
    op: Op, own: Part, workspace: Any, names: Sequence[str], first: str | None, arguments: Mapping[str, Any]
) -> Operand:
    """The newest other tensor that can choose: a mask, or whole numbers, rather such as torch takes beside `first`."""
    kinds = ("torch.bool",) if own.chooses == "mask" else ("torch.int64", "torch.int32")
    fitting = [n for n in reversed(names) if n != first and str(workspace[n].dtype) in kinds]
    if first is None or own.chooses == "mask" or op.arity != 2:
        return next(iter(fitting), None)
    for name in fitting[:TRIES]:
        try:
            op.forecast((workspace[first].tensor(), workspace[name].tensor()), arguments)
        except OpError:
            continue
        return name
    return next(iter(fitting), None)


def with_key(draft: Draft, key: Sequence[Any]) -> Draft:
    """The draft with another key, in which a str is a name on the shelf."""
    operands, placed = with_places(key, draft.op, draft.operands)
    return draft.calling(operands=operands, arguments={**draft.arguments, "key": placed})


def written_key(draft: Draft) -> tuple[Any, ...]:
    """The key of the draft, with names in it."""
    return with_names(cast(Sequence[Any], draft.arguments["key"]), draft.operands)


def with_operands(draft: Draft, operands: Sequence[Operand]) -> Draft:
    """The draft with other operands; what a key names stays. In place on another tensor, it is disarmed."""
    op = draft.op
    named = draft.operands[op.arity :] if "key" in draft.arguments else ()
    made = draft.released().calling(operands=(*operands, *named))
    return made if tuple(operands[:1]) == draft.operands[:1] else _disarmed(made)


def about(draft: Draft, name: str, workspace: Any) -> Draft:
    """The draft with the tensor `name` in the place of its first; in place, it is disarmed."""
    places = [draft.op.subject, *range(len(draft.operands))]
    place = next((i for i in places if i < len(draft.operands) and isinstance(draft.operands[i], str)), 0)
    operands = (*draft.operands[:place], name, *draft.operands[place + 1 :])
    made = draft.released().calling(operands=operands)
    return refitted(made if operands == draft.operands else _disarmed(made), workspace)


def _disarmed(draft: Draft) -> Draft:
    op = draft.op
    safe = disarmed(op)
    if safe is op:
        return draft
    if safe is counterpart(op):
        return draft.calling(op=safe)
    operands = (draft.operands[0], *draft.operands[op.arity or 1 :])
    known = {p.name for p in safe.parameters}
    arguments = {k: v for k, v in draft.arguments.items() if k in known}
    return draft.calling(op=safe, operands=operands, arguments=arguments)


def _start(p: Parameter, workspace: Any, first: str | None, value: Any = None) -> Any:
    """What a draft on the tensor `first` starts with for a parameter; `value` was chosen in the one before."""
    shape = tuple(workspace[first].shape) if first else ()
    return value if p.keeps(value, len(shape)) else p.first(shape, workspace[first].dtype if first else None)


def surviving(draft: Draft | None, workspace: Any) -> Draft | None:
    """The draft once others may be gone; None when its first tensor is."""
    first = subject_of(draft) if draft is not None else None
    return present(draft.released(), workspace) if draft is not None and first in workspace else None


def present(draft: Draft, workspace: Any) -> Draft:
    """The draft with empty places for the tensors that are gone."""
    operands = tuple(x if not isinstance(x, str) or x in workspace else None for x in draft.operands)
    if operands == draft.operands:
        return draft
    placed = draft.op.placed(len(operands))
    operands = tuple(x for own, x in zip(placed, operands, strict=True) if x is not None or own is None or not own.many)
    return draft.released().calling(operands=operands)


def refitted(draft: Draft, workspace: Any) -> Draft:
    """The draft after its operands changed: arguments that no longer fit start anew."""
    op = draft.op
    first = subject_of(draft, workspace)
    arguments = {}
    for p in op.parameters:
        value = draft.arguments.get(p.name)
        if value is None:
            continue
        if isinstance(p, Axis | Axes | Permutation):
            value = _start(p, workspace, first, value)
        if isinstance(p, Size) and first and not _fits(op, workspace[first].tensor(), p.name, value):
            value = _start(p, workspace, first)
        arguments[p.name] = value
    for p in op.parameters:
        if p.required and p.name not in arguments:
            arguments[p.name] = _start(p, workspace, first)
    draft = draft.calling(arguments={k: v for k, v in arguments.items() if v is not None})
    if "key" in arguments and first and not _key_fits(draft, workspace):
        draft = with_key(draft, _start(op.parameter("key"), workspace, first))
    return with_axes(draft, workspace)


def _key_fits(draft: Draft, workspace: Any) -> bool:
    """Whether the key chooses something of the first operand."""
    operands, key = with_places(written_key(draft), READ, draft.operands)
    if any(x not in workspace for x in operands):
        return False
    if forecasts.takes_long(READ, [workspace[x] for x in operands]):
        return True  # the forecast of the draft will tell
    try:
        READ.forecast([workspace[x].tensor() for x in operands], {"key": key})
    except OpError:
        return False
    return True


def _fits(op: Op, tensor: Any, name: str, value: Any) -> bool:
    try:
        op.forecast((tensor,), {name: value})
    except OpError:
        return False
    return True


def with_axes(draft: Draft, workspace: Any, drops: bool = True) -> Draft:
    """The draft with all axes named where torch takes keepdim only together with dim; `drops`: else without keepdim."""
    op, first = draft.op, draft.operands[0] if draft.operands else None
    dim = next((p for p in op.parameters if p.name == "dim"), None)
    if dim is None or not draft.arguments.get("keepdim") or draft.arguments.get("dim") is not None:
        return draft
    if not isinstance(first, str) or first not in workspace:
        return draft
    tensor = workspace[first].tensor()
    without = {k: v for k, v in draft.arguments.items() if k != "keepdim"}
    every = {**draft.arguments, "dim": tuple(range(tensor.ndim))}
    named = every if isinstance(dim, Axes) and tensor.ndim else without if drops else draft.arguments
    for arguments in (draft.arguments, named):
        try:
            op.forecast((tensor,), arguments)
        except OpError:
            continue
        return draft.calling(arguments=arguments)
    return draft


def takes(draft: Draft, workspace: Any) -> bool:
    """Whether torch takes the draft's call."""
    operands = [workspace[x].tensor() if isinstance(x, str) else x for x in draft.operands]
    try:
        draft.op.forecast(operands, draft.arguments)
    except OpError:
        return False
    return True


def takes_long(draft: Draft, workspace: Any) -> bool:
    """Whether `foretold` is work for the worker."""
    shelved = [workspace[x] if isinstance(x, str) and x in workspace else x for x in draft.operands]
    return forecasts.takes_long(draft.op, shelved)


def foretold(draft: Draft, workspace: Any) -> Draft:
    """The draft with its copies and its forecast, or with the error that stands against it."""
    op = draft.op
    draft = replace(draft, forecast=None, error=None, copies=())
    left = missing(draft)
    if left is not None:
        return replace(draft, error=left)
    copies = () if draft.declined else _copies(op, draft, workspace)
    if copies:
        draft = draft.released()  # a step that is replaced in its place cannot read a copy that is made after it
    draft = replace(draft, copies=copies)
    try:
        operands = [_stand_in(x, workspace, dict(copies)) for x in draft.operands]
    except OpError as error:  # a copy cannot be
        places = [Cause("device", k) for k, x in enumerate(draft.operands) if isinstance(x, str)]
        return replace(draft, error=OpError(Reason(**vars(error.message) | {"causes": tuple(places)}), error.detail))
    if op.writes and recorded_leaf(workspace, draft.operands[0]):
        operands[0] = operands[0].detach().requires_grad_()
    try:
        told = replace(draft, forecast=op.forecast(operands, draft.arguments))
        if len(told.forecasts) > MOST_RESULTS:
            return replace(draft, error=too_many(op, len(told.forecasts), MOST_RESULTS))
        for device in {f.device for f in told.forecasts}:
            room_for(sum(f.nbytes or 0 for f in told.forecasts if f.device == device), device)
        return told
    except OpError as error:
        return replace(draft, error=error.named(names(draft)))
    except RoomError as error:
        return replace(draft, error=error)
    except ExplorerError as error:
        return replace(draft, error=OpError(error.message, error.detail))


def recorded_leaf(workspace: Any, name: Operand) -> bool:
    """Whether a tensor requires gradients and is no result: torch lets nobody write to it then."""
    facts = workspace.autograd.facts if workspace.autograd is not None else {}
    return name in facts and facts[name].requires_grad and facts[name].leaf


def title(draft: Draft) -> str:
    """The draft as its step in the history is called: the code that it runs."""
    return draft.op.source(names(draft), draft.arguments)


def subject_of(draft: Draft, within: Container[str] | None = None) -> str | None:
    """The name of the tensor that it is about, of those `within` a workspace if that is given; None for none."""
    subject = draft.op.subject
    ordered = (*draft.operands[subject:], *draft.operands[:subject])
    return next((x for x in ordered if isinstance(x, str) and (within is None or x in within)), None)


def names(draft: Draft) -> tuple[str | None, ...]:
    """The operands as they stand in source; None for those that are left out."""
    placed = draft.op.placed(len(draft.operands))
    return tuple(
        x if isinstance(x, str) else name_of_number(x) if x is not None else None if own and own.optional else "?"
        for own, x in zip(placed, draft.operands, strict=True)
    )


def empty(draft: Draft) -> list[Part | None]:
    """The operands of the signature for which nothing is chosen, although they must not be left out."""
    placed = draft.op.placed(len(draft.operands))
    found = [own for own, x in zip(placed, draft.operands, strict=True) if x is None]
    return [own for own in found if own is None or not own.optional]


def missing(draft: Draft) -> OpError | None:
    """What has to be chosen before torch can be asked."""
    op, left = draft.op, empty(draft)
    chooser = next((own.chooses for own in left if own is not None and own.chooses), "")
    if chooser == "index":
        template = QT_TRANSLATE_NOOP(
            "errors",
            "{op} needs indices, a tensor of whole numbers (int64) that says which cells; make one, and choose it.",
        )
        return OpError(Message("errors", template, {"op": op.name}))
    if chooser:
        template = QT_TRANSLATE_NOOP(
            "errors",
            "{op} needs a mask, a tensor of True and False; make one by comparing, as {name} > 0 does, and choose it.",
        )
        name = subject_of(draft) or "A"
        return OpError(Message("errors", template, {"op": op.name, "name": name}))
    if left or not draft.operands:
        template = QT_TRANSLATE_NOOP("errors", "{op} needs a tensor in every place; choose one from the shelf.")
        return OpError(Message("errors", template, {"op": op.name}))
    if op.writes and not isinstance(draft.operands[0], str):
        template = QT_TRANSLATE_NOOP("errors", "{op} writes into its first operand; choose a tensor for that.")
        return OpError(Message("errors", template, {"op": op.name}))
    if not any(isinstance(x, str) for x in draft.operands):
        template = QT_TRANSLATE_NOOP("errors", "{op} of two numbers is no tensor; choose a tensor for one of them.")
        return OpError(Message("errors", template, {"op": op.name}))
    for p in op.parameters:
        if p.required and draft.arguments.get(p.name) is None:
            template = QT_TRANSLATE_NOOP("errors", "{op} needs {name}; fill it in.")
            return OpError(
                Reason("errors", template, {"op": op.name, "name": p.name}, (Cause("argument", argument=p.name),))
            )
    if op.converts and op.parameters and not draft.arguments:
        template = QT_TRANSLATE_NOOP("errors", "{op} needs a dtype or a device; choose one.")
        return OpError(Reason("errors", template, {"op": op.name}, (Cause("argument", argument="dtype"),)))
    return None


def _copies(op: Op, draft: Draft, workspace: Any) -> tuple[tuple[str, str], ...]:
    """The operands that live elsewhere; a conversion moves its operand itself, and meta alone has nothing to move."""
    tensors = dict.fromkeys(x for x in draft.operands if isinstance(x, str))
    if op.writes or op.converts or all(workspace[name].device == "meta" for name in tensors):
        return ()
    return tuple((name, draft.device) for name in tensors if workspace[name].device != draft.device)


def _stand_in(operand: Operand, workspace: Any, copies: Mapping[str, str]) -> Any:
    """The operand, or where it is to be copied first a tensor like the copy that takes no memory."""
    if not isinstance(operand, str):
        return operand
    tensor = workspace[operand].tensor()
    if operand not in copies:
        return tensor
    try:
        TO.forecast((tensor,), {"device": copies[operand]})
    except OpError as error:  # the copy itself cannot be
        raise error.named((operand,)) from error
    return torch.ones((), device=copies[operand]).to(tensor.dtype).expand(tensor.shape)
