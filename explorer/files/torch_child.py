"""Run as a program of its own: reads one .pt or .pth file for `child`, where a crash or a bomb harms nobody.

Given on the command line: the number of a socket to talk through. It imports torch and waits. One line of JSON then
says whether the file, which comes open with it, may be mapped, and the memory that may be taken; the answer is the
listing of its tensors, as JSON. After that each line, a number, is answered with that tensor's bytes. Every answer
begins with its length, 8 bytes. It ends when the other side does. Knows nothing of the explorer.
"""

import contextlib
import json
import os
import pickletools
import select
import signal
import socket
import sys
import threading
import zipfile
from collections.abc import Sequence
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

if sys.platform != "win32":  # which has none
    import resource
if TYPE_CHECKING:
    import torch  # noqa: TC004 - which main does

LONGEST = 200_000  # tensors
NAMED = 100  # things that are no tensors
DEEPEST = 100
HARMLESS = ("torch.", "collections.OrderedDict", "_codecs.encode")
DATA = ("argparse", "collections", "datetime", "decimal", "enum", "fractions", "numpy", "omegaconf", "pathlib", "uuid")
"""Modules of things that hold data and run nothing; nothing of them is run here either."""
KNOWN = ("torch._dynamo.decorators._DimRange",)  # what nested tensors of recent versions bring
KEYS = (str, int, bool, float, type(None))  # what JSON carries as it is


def main() -> None:
    """Answer until the other side ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in the terminal is for the window, which ends this one
    channel = _channel()
    threading.Thread(target=_end_with, args=(channel,), daemon=True).start()
    global torch  # noqa: PLW0603 - for all of this program, which goes on from here only
    import torch  # noqa: PLC0415 - takes a second or two, in which the other side may end

    request, path = _request(channel)
    lines = channel.makefile("rb")
    _limit(request["memory"])
    places: set[str] = set()
    with torch.sparse.check_sparse_tensor_invariants():  # type: ignore[no-untyped-call]
        try:
            leaves = list(_leaves(_loaded(path, places, request["mapped"])))
            tensors = [(*where, value) for *where, value in leaves if isinstance(value, torch.Tensor)]
            others = [name for name, _, value in leaves if not isinstance(value, torch.Tensor)]
        except Exception as error:  # noqa: BLE001 - whatever it is, the file is not read
            _send(channel, json.dumps(_refusal(path, error)).encode())
            return
        entries = [_told(*x) for x in tensors]
        told = {"entries": entries, "others": others[:NAMED], "places": sorted(places)}
        _send(channel, json.dumps(told).encode())
        for line in lines:
            _send(channel, _raw(tensors[int(line)][-1]))


def _channel() -> socket.socket:
    """The socket: inherited by its number, or (Windows) told on standard input how it is had."""
    if sys.argv[1] == "-":
        return socket.fromshare(sys.stdin.buffer.read())  # type: ignore[attr-defined, no-any-return, unused-ignore]
    return socket.socket(fileno=int(sys.argv[1]))


def _end_with(channel: socket.socket) -> None:
    """End at once when the other side does, in the midst of whatever is read."""
    if hasattr(select, "poll"):
        ended = select.poll()
        ended.register(channel.fileno(), 0)  # no event but its end
        ended.poll()
        os._exit(1)


def _request(channel: socket.socket) -> tuple[dict[str, Any], str]:
    """What is asked, and a path to the file: the open one, so that its name may be whatever names can be."""
    line, handles = b"", []
    while not line.endswith(b"\n"):
        if hasattr(socket, "recv_fds"):
            more, found, _, _ = socket.recv_fds(channel, 2**16, 1)
            handles += found
        else:
            more = channel.recv(2**16)
        if not more:
            sys.exit()
        line += more
    request = json.loads(line)
    return request, f"/dev/fd/{handles[0]}" if handles else request["path"]


def _rewound(path: str) -> str:
    """The path; where it stands for an open file, some systems go on reading where it was left."""
    number = path.removeprefix("/dev/fd/")
    if number != path:
        os.lseek(int(number), 0, os.SEEK_SET)
    return path


class _Foreign:
    """Stands for what is no tensor and of another's making: it takes whatever it is given, and keeps nothing."""

    def __new__(cls, *_: Any, **__: Any) -> Any:
        return super().__new__(cls)

    def __init__(self, *_: Any, **__: Any) -> None:
        pass

    def __setstate__(self, _: Any) -> None:
        pass

    def __setitem__(self, _: Any, __: Any) -> None:
        pass

    def append(self, _: Any) -> None:
        pass

    def extend(self, _: Any) -> None:
        pass


def _loaded(path: str, places: set[str], mapped: bool, stand_ins: Sequence[Any] = ()) -> Any:
    """What the file holds; things of others that only hold data are there by stand-ins."""
    with torch.serialization.safe_globals(list(stand_ins)):
        try:
            return torch.load(_rewound(path), map_location=_noted(places), weights_only=True, mmap=mapped)
        except Exception:
            foreign = set() if stand_ins else _programs(path)
            if not foreign or not all(name.partition(".")[0] in DATA or name in KNOWN for name in foreign):
                raise
    return _loaded(path, places, mapped, [(type("Foreign", (_Foreign,), {}), name) for name in foreign])


def _noted(places: set[str]) -> Any:
    """A map_location that leaves all on the CPU and notes where it was."""

    def note(storage: Any, place: str) -> Any:
        places.add(place)
        return storage

    return note


def _limit(memory: int | None) -> None:
    """No core files, and no more memory than there is."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if memory is not None:
            resource.setrlimit(resource.RLIMIT_DATA, (memory + 2**31, memory + 2**31))


def _leaves(loaded: Any) -> Any:
    """(name, keys, value) of everything inside that holds nothing else, each container once, in order. `keys` lead to
    it, None where one of them cannot be told."""
    waiting: list[tuple[str, list[Any] | None, Any, int]] = [("", [], loaded, 0)]
    seen: set[int] = set()
    count = 0
    while waiting:
        name, keys, value, depth = waiting.pop()
        if isinstance(value, torch.Tensor) and value.is_nested:
            waiting.extend(
                (f"{name}.{k}" if name else str(k), None, x, depth)
                for k, x in reversed(list(enumerate(value.unbind())))
            )
        elif isinstance(value, torch.Tensor):
            yield name, keys, value
            count += 1
            if count > LONGEST:
                raise OverflowError
        elif isinstance(value, (dict, list, tuple)) and id(value) not in seen and depth < DEEPEST:
            seen.add(id(value))
            pairs = value.items() if isinstance(value, dict) else enumerate(value)
            inner = [(f"{name}.{key}" if name else str(key), _longer(keys, key), x, depth + 1) for key, x in pairs]
            waiting.extend(reversed(inner))
        elif not isinstance(value, (dict, list, tuple)):
            yield name, keys, value


def _longer(keys: list[Any] | None, key: Any) -> list[Any] | None:
    told = type(key) in KEYS and (type(key) is not float or isfinite(key))
    return [*keys, key] if keys is not None and told else None


def _told(name: str, keys: list[Any] | None, tensor: Any) -> dict[str, Any]:
    plain = tensor.layout == torch.strided and not tensor.is_nested and not tensor.is_quantized
    return {
        "name": name,
        "keys": keys,
        "shape": list(tensor.shape),
        "dtype": str(tensor.dtype).removeprefix("torch."),
        "layout": "" if plain else "quantized" if tensor.is_quantized else str(tensor.layout).removeprefix("torch."),
        "order": _order(tensor) if plain else [],
        "strides": list(tensor.stride()) if plain else [],
        "conj": plain and tensor.is_conj(),
        "neg": plain and tensor.is_neg(),
        "subclass": type(tensor) is not torch.Tensor,
        "meta": tensor.device.type == "meta",
        "requires_grad": tensor.requires_grad,
        "gaps": plain and not _dense(tensor),
        "memory": tensor.untyped_storage().data_ptr() if plain else 0,  # 0 too where there is none
    }


def _order(tensor: Any) -> list[int]:
    """The axes from the slowest to the fastest, as they lie in memory."""
    strides = tensor.stride()
    return sorted(range(tensor.ndim), key=lambda axis: (-strides[axis], axis))


def _dense(tensor: Any) -> bool:
    """Whether its cells fill a part of memory without gaps, each once, in whatever order of axes."""
    return bool(tensor.permute(_order(tensor)).is_contiguous())


def _raw(tensor: Any) -> Any:
    plain = tensor.detach().resolve_conj().resolve_neg()
    # the new axis has stride 1, which that of a single cell may not have
    return plain.permute(_order(tensor)).contiguous().reshape(-1)[:, None].view(torch.uint8).numpy()


def _refusal(path: str, error: Exception) -> dict[str, Any]:
    if isinstance(error, MemoryError):
        return {"refused": "memory"}
    with contextlib.suppress(Exception):
        if _protocol(_rewound(path)) > 2:
            return {"refused": "protocol"}
    programs = _programs(path)
    return {"refused": "program" if programs else "damaged", "programs": sorted(programs)[:100]}


def _programs(path: str) -> set[str]:
    """What the file asks Python for that torch does not trust."""
    programs: list[str] = []
    with contextlib.suppress(Exception):
        programs = torch.serialization.get_unsafe_globals_in_checkpoint(_rewound(path))
    if not programs:
        with contextlib.suppress(Exception):
            programs = [name for name in _globals(_rewound(path)) if not name.startswith(HARMLESS)]
    return set(programs)


def _protocol(path: str) -> int:
    """The version of pickle that a file is written in; torch reads 2 alone without trusting it."""
    if not zipfile.is_zipfile(path):
        with Path(path).open("rb") as file:
            return file.read(2)[1]
    with zipfile.ZipFile(path) as archive:
        name = next(name for name in archive.namelist() if name.endswith("/data.pkl"))
        with archive.open(name) as member:
            return member.read(2)[1]


def _globals(path: str) -> list[str]:
    """What a file of torch's old format, four pickles in a row, asks Python for; nothing of it is run."""
    found, words = [], ["", ""]
    with Path(path).open("rb") as file:
        for _ in range(4):
            for code, argument, _place in pickletools.genops(file):
                if code.name == "GLOBAL":
                    found.append(str(argument).replace(" ", "."))
                elif code.name == "STACK_GLOBAL":
                    found.append(".".join(words[-2:]))
                elif isinstance(argument, str):
                    words = [words[-1], argument]
    return found


def _send(channel: socket.socket, data: Any) -> None:
    """An answer: its length in bytes, and then these."""
    whole = memoryview(data)
    channel.sendall(whole.nbytes.to_bytes(8, "big"))
    channel.sendall(whole)


if __name__ == "__main__":
    main()
