"""Pictures: measured, and made again without what a camera wrote into them."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageOps
from pillow_heif import register_heif_opener

from wallboard.media.info import PICTURE, MediaInfo, MediaRefused, refuse

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "HEIF")
MOST_PIXELS = 80_000_000
"""A picture that unpacks to more is refused: a small file can hold a picture that fills the memory."""

register_heif_opener()

WIDEST, TALLEST = 3840, 8640
THUMB = (480, 480)
_MANY = 8_000_000
"""Above so many pixels a better packing takes seconds."""

_DAMAGED = "is damaged: it cannot be read as a picture"
_AGAIN = "Take it again, or export it as PNG or JPEG."
_KEEPS_LINES = ("PNG", "GIF", "BMP")
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_FAULTS = (OSError, SyntaxError, ValueError, TypeError, IndexError, KeyError, EOFError, OverflowError, MemoryError)


def measured(file: Path) -> MediaInfo:
    """What the head of a picture says; its size is that of the picture as it is held, upright."""
    with _opened(file) as picture:
        width, height = picture.size
        if picture.getexif().get(0x0112, 1) in (5, 6, 7, 8):
            width, height = height, width
        return MediaInfo(PICTURE, Image.MIME[str(picture.format)], width, height)


def shown(file: Path) -> tuple[bytes, str]:
    """A picture as a wall shows it: upright, at most 3840 wide, without EXIF; lossless where it was. Bytes and file ending."""
    with _opened(file) as picture:
        if picture.format in _KEEPS_LINES and picture.width <= WIDEST and picture.height <= TALLEST:
            return _written(_bare(picture), "PNG"), "png"
        lossless = picture.format in _KEEPS_LINES
        held = _upright(picture)
        held.thumbnail((WIDEST, TALLEST), Image.Resampling.LANCZOS)
        return (_written(held, "PNG"), "png") if lossless else (_webp(held, 88), "webp")


def thumb(file: Path) -> bytes:
    """A small WebP of a picture."""
    with _opened(file) as picture:
        picture.draft("RGB", (THUMB[0] * 2, THUMB[1] * 2))
        return small(_upright(picture))


def small(picture: Image.Image) -> bytes:
    """A small WebP of what is already in memory."""
    copy = picture.copy()
    copy.thumbnail(THUMB, Image.Resampling.LANCZOS)
    return _webp(copy, 80)


def scaled(file: Path, width: int) -> bytes:
    """A WebP of a picture, at most `width` wide."""
    with _opened(file) as picture:
        held = _upright(picture)
        held.thumbnail((width, TALLEST), Image.Resampling.LANCZOS)
        return _webp(held, 88)


def as_webp(picture: Image.Image) -> bytes:
    """What is in memory as WebP, sharp enough to read."""
    return _webp(picture, 88)


@contextmanager
def _opened(file: Path) -> Iterator[Image.Image]:
    try:
        with Image.open(file, formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise _too_large(file)
            yield picture
    except MediaRefused:
        raise
    except _BOMBS:
        raise _too_large(file) from None
    except _FAULTS as error:
        raise refuse(file, f"{_DAMAGED} ({error}).", _AGAIN) from None


def _too_large(file: Path) -> MediaRefused:
    what = f"is a picture of more than {MOST_PIXELS // 1_000_000} million pixels."
    return refuse(file, what, "Export it smaller: a 4K wall shows 8 million.")


def _bare(picture: Image.Image) -> Image.Image:
    picture.seek(0)
    bare = ImageOps.exif_transpose(picture)
    bare.info = {key: value for key, value in bare.info.items() if key == "transparency"}
    return bare


def _upright(picture: Image.Image) -> Image.Image:
    picture.seek(0)
    turned = ImageOps.exif_transpose(picture)
    clear = turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info
    plain = turned.convert("RGBA" if clear else "RGB")
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    return bare


def _webp(picture: Image.Image, quality: int) -> bytes:
    method = 4 if picture.width <= THUMB[0] else 2 if picture.width * picture.height <= _MANY else 0
    return _written(picture, "WEBP", quality=quality, method=method)


def _written(picture: Image.Image, kind: str, **options: int | bool) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()
