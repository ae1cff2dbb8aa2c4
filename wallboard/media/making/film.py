"""Video: a still of it, and VP9 of at most 1080 lines."""

from pathlib import Path

import av
from PIL import Image

from wallboard.media.making.pictures import small
from wallboard.media.making.streams import opened

_STILL_AT = 0.2
"""A fifth in: the first picture of a recording is often black."""


def still(file: Path) -> bytes:
    """A small WebP of what is seen a fifth of the way in, upright."""
    with opened(file) as holder:
        if holder.duration:
            holder.seek(int(holder.duration * _STILL_AT))
        frame = next(holder.decode(video=0))
        if not isinstance(frame, av.VideoFrame):
            raise ValueError("no picture")
        picture: Image.Image = frame.to_image()  # type: ignore[no-untyped-call]
        return small(picture.rotate(frame.rotation, expand=True))
