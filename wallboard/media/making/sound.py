"""Sound: measured, evened and made into Opus, each channel kept; and the shape of its waveform."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from wallboard.media.making.streams import measured, opened

PEAKS = 200
_RATE = 8000


def peaks(file: Path) -> bytes:
    """JSON: seconds, some 200 peaks from 0 to 1, and per channel where there are two (one speaker each)."""
    return json.dumps(_shape(file)).encode()


def _shape(file: Path) -> dict[str, object]:
    pieces = [np.abs(piece).max(axis=1) if piece.shape[1] else np.zeros(piece.shape[0]) for piece in _pieces(file)]
    if not pieces:
        return {"seconds": 0.0, "peaks": []}
    loudest = np.stack(pieces, axis=1)
    spots = min(PEAKS, loudest.shape[1])
    edges = np.linspace(0, loudest.shape[1], spots, endpoint=False).astype(int)
    each = np.maximum.reduceat(loudest, edges, axis=1)
    top = float(each.max()) or 1.0
    shape = np.round((each / top).astype(float), 3)
    content: dict[str, object] = {"seconds": round(measured(file).seconds or 0.0, 3), "peaks": shape.max(axis=0).tolist()}
    if len(shape) > 1:
        content["channels"] = shape.tolist()
    return content


def _pieces(file: Path) -> Iterator[NDArray[Any]]:
    """Pieces of some ten milliseconds, channel by channel; two channels at most."""
    with opened(file) as holder:
        stream = holder.streams.audio[0]
        layout = "stereo" if stream.codec_context.channels >= 2 else "mono"
        resampler = AudioResampler(format="fltp", layout=layout, rate=_RATE, frame_size=_RATE // 100)
        for frame in holder.decode(stream):
            for even in resampler.resample(frame):
                yield even.to_ndarray()
        for even in resampler.resample(None):
            yield even.to_ndarray()
