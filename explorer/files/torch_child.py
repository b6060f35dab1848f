"""Run as a program of its own: reads one .pt or .pth file for `torch_file`, where a crash or a bomb harms nobody.

Given on the command line as JSON: the file, whether it may be mapped, the memory it may take. It lists the tensors in
`listing.json` of the folder it runs in; then each line of standard input, a number, has that tensor's bytes written to
`<number>.raw`. Every file appears whole. Knows nothing of the explorer.
"""

import contextlib
import json
import pickletools
import sys
import zipfile
from pathlib import Path
from typing import Any

LONGEST = 200_000  # tensors
NAMED = 100  # things that are no tensors
DEEPEST = 100
HARMLESS = ("torch.", "collections.OrderedDict", "_codecs.encode")


def main() -> None:
    """Answer until standard input ends."""
    request = json.loads(sys.argv[1])
    import torch

    _limit(request["memory"])
    with torch.sparse.check_sparse_tensor_invariants():  # type: ignore[no-untyped-call]
        try:
            loaded = torch.load(request["path"], map_location="cpu", weights_only=True, mmap=request["mapped"])
            leaves = list(_leaves(loaded))
            tensors = [(path, value) for path, value in leaves if isinstance(value, torch.Tensor)]
            others = [path for path, value in leaves if not isinstance(value, torch.Tensor)]
        except Exception as error:  # noqa: BLE001 - whatever it is, the file is not read
            _put("listing.json", json.dumps(_refusal(request["path"], error)).encode())
            return
        _put("listing.json", json.dumps({"entries": [_told(*x) for x in tensors], "others": others[:NAMED]}).encode())
        for line in sys.stdin:
            _put(f"{int(line)}.raw", _raw(tensors[int(line)][1]))


def _limit(memory: int | None) -> None:
    """No core files, and no more memory than there is."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if memory is not None:
            resource.setrlimit(resource.RLIMIT_DATA, (memory + 2**31, memory + 2**31))


def _leaves(loaded: Any) -> Any:
    """(path, value) of everything inside that holds nothing else, each container once, in order."""
    import torch

    waiting: list[tuple[str, Any, int]] = [("", loaded, 0)]
    seen: set[int] = set()
    count = 0
    while waiting:
        path, value, depth = waiting.pop()
        if isinstance(value, torch.Tensor):
            yield path, value
            count += 1
            if count > LONGEST:
                raise OverflowError
        elif isinstance(value, (dict, list, tuple)) and id(value) not in seen and depth < DEEPEST:
            seen.add(id(value))
            pairs = value.items() if isinstance(value, dict) else enumerate(value)
            inner = [(f"{path}.{key}" if path else str(key), x, depth + 1) for key, x in pairs]
            waiting.extend(reversed(inner))
        elif not isinstance(value, (dict, list, tuple)):
            yield path, value


def _told(path: str, tensor: Any) -> dict[str, Any]:
    import torch

    plain = tensor.layout == torch.strided and not tensor.is_nested and not tensor.is_quantized
    return {
        "name": path,
        "shape": list(tensor.shape),
        "dtype": str(tensor.dtype).removeprefix("torch."),
        "layout": "" if plain else str(tensor.layout).removeprefix("torch."),
        "order": _order(tensor) if plain else [],
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
    import torch

    plain = tensor.detach().resolve_conj().resolve_neg()
    # the new axis has stride 1, which that of a single cell may not have
    return plain.permute(_order(tensor)).contiguous().reshape(-1)[:, None].view(torch.uint8).numpy()


def _refusal(path: str, error: Exception) -> dict[str, Any]:
    import torch

    if isinstance(error, MemoryError):
        return {"refused": "memory"}
    with contextlib.suppress(Exception):
        if _protocol(path) > 2:
            return {"refused": "protocol"}
    programs: list[str] = []
    with contextlib.suppress(Exception):
        programs = torch.serialization.get_unsafe_globals_in_checkpoint(path)
    if not programs:
        with contextlib.suppress(Exception):
            programs = [name for name in _globals(path) if not name.startswith(HARMLESS)]
    return {"refused": "program" if programs else "damaged", "programs": sorted(set(programs))[:100]}


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


def _put(name: str, data: Any) -> None:
    partial = Path(f"{name}.part")
    with partial.open("wb") as file:
        file.write(data)
    partial.replace(name)


if __name__ == "__main__":
    main()
