"""Sound made even: every clip comes out as loud as every other, in Opus, with its channels kept apart."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import av
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.filter import Graph

RATE = 48_000
LOUDNESS = "I=-16:TP=-1.5:LRA=11"
"""EBU R 128: integrated loudness, true peak and range that FFmpeg's loudnorm brings a clip to."""

_BITS = {1: 48_000, 2: 80_000}
_FRAME = 960


class Evened:
    """Takes decoded sound and writes it evened to a stream of its own.

    `begins`: the second at which the film begins that it belongs to, so that what is heard later stays later; None of sound
    alone, which begins where it begins.
    """

    def __init__(
        self,
        holder: OutputContainer,
        source: AudioStream,
        write: "Callable[[av.Packet[Any]], None]",
        begins: float | None = None,
    ) -> None:
        channels = 2 if source.codec_context.channels > 1 else 1
        layout = "stereo" if channels == 2 else "mono"
        self._stream = holder.add_stream("libopus", rate=RATE, layout=layout, bit_rate=_BITS[channels])
        self._write = write
        self._graph = _graph(source, layout, begins)
        self._done = 0

    def take(self, frame: av.AudioFrame | None) -> None:
        """One decoded piece, or None at the end."""
        self._graph.push(frame)
        for even in self._pull():
            even.pts, even.time_base = self._done, Fraction(1, RATE)
            self._done += even.samples
            self._encode(even)
        if frame is None:
            self._encode(None)

    def _encode(self, frame: av.AudioFrame | None) -> None:
        for packet in self._stream.encode(frame):
            self._write(packet)

    def _pull(self) -> Iterator[av.AudioFrame]:
        while True:
            try:
                even = self._graph.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return
            if isinstance(even, av.AudioFrame):
                yield even


def _graph(source: AudioStream, layout: str, begins: float | None) -> Graph:
    graph = Graph()
    in_time = "" if begins is None else f"async=1:first_pts={round(begins * source.codec_context.sample_rate)}"
    mono = ":dual_mono=true" if layout == "mono" else ""
    steps = [
        graph.add_abuffer(template=source),
        *([graph.add("aresample", in_time)] if in_time else []),
        graph.add("aformat", f"channel_layouts={layout}"),
        graph.add("loudnorm", LOUDNESS + mono),
        graph.add("aresample", str(RATE)),
        graph.add("aformat", f"sample_fmts=flt:channel_layouts={layout}:sample_rates={RATE}"),
        graph.add("asetnsamples", f"n={_FRAME}:p=0"),
        graph.add("abuffersink"),
    ]
    graph.link_nodes(*steps).configure()
    return graph
