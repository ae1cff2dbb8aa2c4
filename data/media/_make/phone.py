"""A telephone line: band-pass, gentle compression, even loudness and a little line noise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import numpy as np
from scipy import signal

LINE_RATE = 8_000
LOUDNESS = 10 ** (-20 / 20)

Samples = np.ndarray[Any, np.dtype[np.float32]]


def rms(audio: Samples) -> float:
    """Root mean square of the samples."""
    return float(np.sqrt(np.mean(np.square(audio, dtype=np.float64)) + 1e-12))


def down_the_line(audio: Samples, rate: int) -> Samples:
    """Bring one spoken sentence to telephone sound at 8 kHz and even loudness."""
    narrow = signal.resample_poly(audio, LINE_RATE, rate)
    band = signal.butter(4, [300, 3400], "bandpass", fs=LINE_RATE, output="sos")
    narrow = signal.sosfilt(band, narrow)
    return _compress(narrow * (LOUDNESS / rms(narrow)))


def _compress(audio: Samples, threshold: float = 0.10, ratio: float = 2.5) -> Samples:
    """Turn the loud parts down with a slow envelope, then round the peaks off."""
    window = np.ones(int(0.03 * LINE_RATE)) / int(0.03 * LINE_RATE)
    envelope = np.sqrt(np.convolve(audio**2, window, "same") + 1e-9)
    gain = np.minimum(1.0, (envelope / threshold) ** (1 / ratio - 1))
    squeezed = audio * gain
    squeezed *= LOUDNESS / rms(squeezed)
    return np.asarray(0.95 * np.tanh(squeezed / 0.95), dtype=np.float32)


def with_line_noise(audio: Samples, seed: int) -> Samples:
    """Add the faint hiss that tells a listener that the line is open."""
    noise = np.random.default_rng(seed).normal(0, 1, audio.size)
    soft = signal.sosfilt(signal.butter(2, 1800, fs=LINE_RATE, output="sos"), noise)
    return np.asarray(audio + soft * (10 ** (-54 / 20) / rms(soft)), dtype=np.float32)


def save_ogg(audio: Samples, target: Path, bit_rate: int = 24_000) -> None:
    """Write the samples as Opus in an Ogg file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    pcm = (np.clip(audio, -1, 1) * 32767).astype("<i2").reshape(1, -1)
    with av.open(str(target), "w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=LINE_RATE, layout="mono")
        stream.bit_rate = bit_rate
        frame = av.AudioFrame.from_ndarray(pcm, format="s16", layout="mono")
        frame.sample_rate = LINE_RATE
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
