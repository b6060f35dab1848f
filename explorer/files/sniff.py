"""What kind of file it is by its first bytes; its ending is never trusted."""

from explorer.errors import FileError
from explorer.files import formats
from explorer.files.file_format import HEAD, FileFormat, UnknownFile
from explorer.files.refusals import refused
from explorer.messages import QT_TRANSLATE_NOOP

# What people try to open besides: first bytes, where they stand, and the sentence.
PICTURE = QT_TRANSLATE_NOOP("errors", "“{file}” is a picture; save its array with numpy.save and open that .npy file.")
HDF5 = QT_TRANSLATE_NOOP(
    "errors", "“{file}” is an HDF5 file, which cannot be opened yet; save the array in it as .npy with h5py and NumPy."
)
PICKLE = QT_TRANSLATE_NOOP(
    "errors",
    "“{file}” is a Python pickle, which can run programs; have its tensors saved with torch.save or numpy.save.",
)
PACKED = QT_TRANSLATE_NOOP("errors", "“{file}” is a packed archive; unpack it and open the file inside.")
GGUF = QT_TRANSLATE_NOOP(
    "errors", "“{file}” is a GGUF model, which cannot be opened; open the model's .pt file instead."
)
LFS = QT_TRANSLATE_NOOP(
    "errors",
    "“{file}” only stands for a file that is kept by git-LFS; run git lfs pull in its folder, and open it again.",
)
ANNEX = QT_TRANSLATE_NOOP(
    "errors",
    "“{file}” only stands for a file that is kept by git-annex; run git annex get in its folder, and open it again.",
)
PAGE = QT_TRANSLATE_NOOP(
    "errors", "“{file}” is a web page, which came in the place of the file; download the file itself once more."
)
ANSWER = QT_TRANSLATE_NOOP(
    "errors", "“{file}” is an answer in XML, which came in the place of the file; download the file itself once more."
)
NAMES = QT_TRANSLATE_NOOP(
    "errors", "“{file}” is a JSON text, which names things and holds no tensors; open the files beside it."
)
TABLE = QT_TRANSLATE_NOOP(
    "errors", "“{file}” is a table of columns; read it with pandas, and save its to_numpy() with numpy.save."
)
MATLAB = QT_TRANSLATE_NOOP(
    "errors", "“{file}” is a MATLAB file; read it with scipy.io.loadmat, and save its arrays with numpy.savez."
)
DOCUMENT = QT_TRANSLATE_NOOP("errors", "“{file}” is a PDF document; choose a file of tensors.")
SOUND = QT_TRANSLATE_NOOP(
    "errors", "“{file}” is a sound or a film; read it with torchaudio or torchvision, and save what that gives."
)
KNOWN: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89HDF\r\n\x1a\n", HDF5),
    (0, b"\x89PNG", PICTURE),
    (0, b"\xff\xd8\xff", PICTURE),
    (0, b"GIF8", PICTURE),
    (0, b"II*\x00", PICTURE),
    (0, b"MM\x00*", PICTURE),
    (0, b"GGUF", GGUF),
    (0, b"\x1f\x8b", PACKED),
    (0, b"BZh", PACKED),
    (0, b"\xfd7zXZ", PACKED),
    (0, b"7z\xbc\xaf", PACKED),
    (0, b"\x28\xb5\x2f\xfd", PACKED),
    (257, b"ustar", PACKED),
    (0, b"version https://git-lfs.github.com/", LFS),
    (0, b"/annex/objects/", ANNEX),
    (0, b"PAR1", TABLE),
    (0, b"ARROW1", TABLE),
    (0, b"MATLAB 5.0 MAT-file", MATLAB),
    (0, b"%PDF-", DOCUMENT),
    (0, b"RIFF", SOUND),
    (0, b"fLaC", SOUND),
    (0, b"OggS", SOUND),
    (4, b"ftyp", SOUND),
)
BEGINNINGS: tuple[tuple[tuple[bytes, ...], str], ...] = (
    ((b"<!doctype html", b"<html"), PAGE),
    ((b"<?xml",), ANSWER),
    ((b'{"', b"{\n", b"{\r\n", b"{}"), NAMES),
)
"""How texts begin that are no tables of numbers, in small letters, without what is empty before."""
EMPTY = QT_TRANSLATE_NOOP("errors", "“{file}” is empty; choose another file.")
TEXT = QT_TRANSLATE_NOOP("errors", "“{file}” is text; copy the numbers in it and paste them into New tensor (Ctrl+N).")
SAFETENSORS = QT_TRANSLATE_NOOP(
    "errors",
    "“{file}” is a safetensors file, which cannot be opened yet; load it in Python and save it with torch.save.",
)
UNKNOWN = QT_TRANSLATE_NOOP(
    "errors", "“{file}” is no tensor file that is known here; open a .npy, .npz, .pt or .pth file."
)
MISNAMED = QT_TRANSLATE_NOOP(
    "errors", "“{file}” is no tensor file, whatever its name says; save the tensor anew with numpy.save or torch.save."
)
OTHER_ZIP = QT_TRANSLATE_NOOP("errors", "“{file}” is a zip archive without tensors; unpack it, or choose another file.")


_last: dict[object, FileFormat] = {}
"""What was opened last: of many tensors a user first sees the list, then loads some."""


def recognised(file: UnknownFile) -> FileFormat:
    """The format of an open file. Raises FileError that says what it is instead; zipfile's errors for a broken one."""
    same = file.mark, file.head
    found = _last.get(same) or next((known for known in reversed(formats.FORMATS) if known.knows(file)), None)
    if found is None:
        raise _refusal(file)
    _last.clear()
    _last[same] = found
    return found


def _refusal(file: UnknownFile) -> FileError:
    path, head = file.path, file.head
    if not head:
        return refused(path, EMPTY)
    if file.archive is not None:
        return refused(path, OTHER_ZIP)
    for place, magic, template in KNOWN:
        if head[place:].startswith(magic):
            return refused(path, template)
    if head[8:9] == b"{" and int.from_bytes(head[:8], "little") < 10**8:
        return refused(path, SAFETENSORS)
    if head[:1] == b"\x80" and head[1:2] in b"\x02\x03\x04\x05":
        return refused(path, PICKLE)
    if _is_text(head):
        begins = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
        other = next((template for texts, template in BEGINNINGS if begins.startswith(texts)), None)
        if other is not None:
            return refused(path, other)
        return refused(path, TEXT)
    return refused(path, MISNAMED if formats.by_ending(path) else UNKNOWN)


def _is_text(head: bytes) -> bool:
    try:
        text = head[: HEAD - 4].decode("utf-8") if len(head) == HEAD else head.decode("utf-8")
    except UnicodeDecodeError as error:
        text = head[: error.start].decode("utf-8") if error.start > HEAD - 8 else "\0"
    return all(c.isprintable() or c in "\r\n\t\f" for c in text.removeprefix("﻿"))
