"""Speak the calls of calls.toml: one .ogg and one .vtt for each."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
from captions import Cue, webvtt
from phone import LINE_RATE, down_the_line, save_ogg, with_line_noise
from voices import RATE, say

HERE = Path(__file__).resolve().parent
MEDIA = HERE.parent
NAMES = {"C": "Customer", "A": "Agent"}
SPEEDS = {"C": 1.0, "A": 1.06}


def silence(seconds: float) -> Any:
    """Return samples of silence."""
    return np.zeros(int(seconds * LINE_RATE), dtype=np.float32)


def make_call(call: dict[str, Any], seed: int) -> float:
    """Speak one call, write both files and return its length in seconds."""
    chance = np.random.default_rng(seed)
    voices = {"C": call["customer"], "A": call["agent"]}
    pace = call.get("pace", 1.0)
    parts = [silence(0.45)]
    cues: list[Cue] = []
    before = ""
    for line in call["lines"]:
        who, text = line.split(": ", 1)
        if before:
            low, high = (0.16, 0.32) if who == before else (0.38, 0.72)
            parts.append(silence(chance.uniform(low, high)))
        speech = down_the_line(say(text, voices[who], SPEEDS[who] * pace), RATE)
        start = sum(map(len, parts)) / LINE_RATE
        parts.append(speech)
        cues.append(Cue(start, start + len(speech) / LINE_RATE, NAMES[who], text))
        before = who
    parts.append(silence(0.6))
    audio = with_line_noise(np.concatenate(parts), seed)
    target = MEDIA / f"{call['path']}.ogg"
    save_ogg(audio, target)
    target.with_suffix(".vtt").write_text(webvtt(cues), encoding="utf-8")
    return len(audio) / LINE_RATE


def main() -> None:
    """Make every call."""
    calls = tomllib.loads((HERE / "calls.toml").read_text(encoding="utf-8"))["call"]
    for seed, call in enumerate(calls, 1):
        print(f"{make_call(call, seed):5.1f} s  {call['path']}", flush=True)


if __name__ == "__main__":
    main()
