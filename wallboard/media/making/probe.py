"""The true type of a file, from its content; its ending is only what it claims."""

from pathlib import Path

from wallboard.media.info import FILM, MOST_BYTES, PAPER, PICTURE, MediaInfo, refuse
from wallboard.media.making import papers, pictures, streams

_HEAD = 2048
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_BRANDS = (b"avif", b"avis", b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"heif")
"""The sorts of ISO files that hold pictures; phones write all but the first two."""
_REFUSED = (
    (b"PK\x03\x04", "is an archive", "Unpack it, or bring it as a folder: wallboard media ARCHIVE.zip"),
    (b"MZ", "is a program", "Take it out of the folder."),
    (b"\x7fELF", "is a program", "Take it out of the folder."),
    (b"Rar!", "is an archive", "Unpack it."),
    (b"7z\xbc\xaf", "is an archive", "Unpack it."),
)
_ENDINGS = {
    PICTURE: {".png", ".jpg", ".jpeg", ".jpe", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".avif", ".heic", ".heif", ".hif"},
    PAPER: {".pdf"},
}
_CLIPS = {
    ".wav", ".mp3", ".ogg", ".oga", ".opus", ".m4a", ".aac", ".flac", ".amr", ".aif", ".aiff", ".wma", ".gsm", ".au",
    ".webm", ".mp4", ".m4v", ".mov", ".mkv", ".avi", ".mpg", ".mpeg", ".wmv", ".3gp", ".ogv", ".weba",
}  # fmt: skip


def probe(file: Path) -> MediaInfo:
    """What a file is and how large, long or thick; raises MediaRefused, OSError where it cannot be opened."""
    size = file.stat().st_size
    if not size:
        raise refuse(file, "is empty (0 bytes).", "Export it again.")
    sort = sort_of(file)
    _named_rightly(file, sort)
    if size > MOST_BYTES[sort]:
        raise refuse(file, f"is larger than {MOST_BYTES[sort] // 2**20:,} MB.", "Export it smaller, or cut it.")
    if sort == PICTURE:
        return pictures.measured(file)
    return papers.measured(file) if sort == PAPER else streams.measured(file)


def sort_of(file: Path) -> str:
    """Picture, paper, or (what is neither) sound or film, by the first bytes; raises MediaRefused for what is nothing of it."""
    with file.open("rb") as stream:
        head = stream.read(_HEAD)
    if _is_picture(head):
        return PICTURE
    if b"%PDF-" in head[:1024]:
        return PAPER
    for sign, what, remedy in _REFUSED:
        if head.startswith(sign):
            raise refuse(file, f"{what}, no picture, paper, call or video.", remedy)
    _no_markup(file, head)
    return streams.sort_of(file)


def _is_picture(head: bytes) -> bool:
    webp = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    return webp or head.startswith(_PICTURES) or (head[4:8] == b"ftyp" and head[8:12] in _BRANDS)


def _no_markup(file: Path, head: bytes) -> None:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in text:
        script = b"<script" in file.read_bytes()[: 2**22].lower()
        what = "is an SVG with a script." if script else "is an SVG, which can hold scripts."
        raise refuse(file, what, "Export it as PNG.")
    if text.startswith((b"<!doctype", b"<html", b"<?xml")):
        raise refuse(file, "is a web page or XML, no picture.", "Take a screenshot of it.")


def _named_rightly(file: Path, sort: str) -> None:
    ending = file.suffix.lower()
    claimed = next((other for other, endings in _ENDINGS.items() if ending in endings), "clip" if ending in _CLIPS else "")
    if claimed and claimed != (sort if sort in (PICTURE, PAPER) else "clip"):
        names = {PICTURE: "a picture", PAPER: "a PDF", FILM: "a video"}
        raise refuse(file, f"is {names.get(sort, 'a sound')}, not what '{ending}' says.", "Give it its right ending.")
