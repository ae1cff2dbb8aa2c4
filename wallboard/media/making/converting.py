"""Clips made into what every browser plays: Opus for sound, VP9 of at most 1080 lines for film, both in WebM."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer, OutputContainer
from av.filter import Graph
from av.video.stream import VideoStream

from wallboard.media.info import FILM, MediaInfo
from wallboard.media.making.loudness import Evened
from wallboard.media.making.streams import moving, opened

TALLEST, WIDEST = 1080, 1920
_PLAYED = ("vp8", "vp9", "av1")
_SAME = {"fflags": "bitexact"}
"""No random number and no date in the file: the same clip gives the same bytes."""

_QUICK = {"deadline": "realtime", "cpu-used": "7", "row-mt": "1", "crf": "32", "b": "0"}


def plays_already(info: MediaInfo) -> bool:
    """True of a silent film that any browser plays as it is; sound is always evened."""
    return info.sort == FILM and info.channels is None and _fits(info)


def convert(file: Path, target: Path, info: MediaInfo) -> str:
    """Write the clip as WebM to `target` and give its type; a MediaRefused where it cannot be decoded."""
    with opened(file) as source, av.open(str(target), "w", format="webm", options=dict(_SAME)) as holder:
        _Pipes(source, holder, keeps_picture=_fits(info)).run()
    return "video/webm" if info.sort == FILM else "audio/webm"


def _fits(info: MediaInfo) -> bool:
    small = (info.width or 0) <= WIDEST and (info.height or 0) <= TALLEST
    return small and info.mime == "video/webm" and bool(info.codecs) and info.codecs[0] in _PLAYED


class _Pipes:
    """From one clip into another: its picture kept or made anew, its sound evened."""

    def __init__(self, source: InputContainer, holder: OutputContainer, *, keeps_picture: bool) -> None:
        films, sounds = moving(source), source.streams.audio
        self._source, self._holder = source, holder
        self._film = films[0] if films else None
        self._sound = sounds[0] if sounds else None
        self._copied = holder.add_stream_from_template(self._film) if self._film and keeps_picture else None
        begins = (source.start_time or 0) / av.time_base
        self._early = round(begins / self._film.time_base) if self._film and self._film.time_base else 0
        self._drawn = _Drawn(holder, self._film, self._early) if self._film and not keeps_picture else None
        self._evened = Evened(holder, self._sound, holder.mux, begins if self._film else None) if self._sound else None

    def run(self) -> None:
        wanted = [stream for stream in (self._film, self._sound) if stream is not None]
        for packet in self._source.demux(*wanted):
            if packet.stream is self._film:
                self._picture(packet)
            elif self._evened is not None and packet.dts is not None:
                for frame in packet.decode():
                    if isinstance(frame, av.AudioFrame):
                        self._evened.take(frame)
        if self._evened is not None:
            self._evened.take(None)
        if self._drawn is not None:
            self._drawn.take(None)

    def _picture(self, packet: "av.Packet[Any]") -> None:
        if self._copied is not None:
            if packet.dts is not None and packet.pts is not None:
                packet.pts, packet.dts = packet.pts - self._early, packet.dts - self._early
                packet.stream = self._copied
                self._holder.mux(packet)
            return
        for frame in packet.decode():
            if self._drawn is not None and isinstance(frame, av.VideoFrame):
                self._drawn.take(frame)


class _Drawn:
    """Takes decoded pictures and writes them upright, scaled, in VP9; `early`: what their times begin with."""

    def __init__(self, holder: OutputContainer, source: VideoStream, early: int) -> None:
        self._holder, self._source, self._early = holder, source, early
        self._graph: Graph | None = None
        self._stream: VideoStream | None = None
        self._last = -1

    def take(self, frame: av.VideoFrame | None) -> None:
        """One decoded picture, or None at the end."""
        if frame is None:
            self._encode(None)
            return
        if self._graph is None:
            self._begin(frame)
        if self._graph is None:
            return
        self._graph.push(frame)
        while True:
            try:
                drawn = self._graph.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return
            if isinstance(drawn, av.VideoFrame):
                self._encode(drawn)

    def _begin(self, frame: av.VideoFrame) -> None:
        turned = frame.rotation % 180 != 0
        width, height = (frame.height, frame.width) if turned else (frame.width, frame.height)
        share = min(1.0, WIDEST / width, TALLEST / height) if width >= height else min(1.0, TALLEST / width, WIDEST / height)
        size = max(2, round(width * share / 2) * 2), max(2, round(height * share / 2) * 2)
        graph = Graph()
        steps = [graph.add_buffer(template=self._source)]
        steps += [graph.add("transpose", "cclock" if frame.rotation % 360 == 90 else "clock")] if turned else []
        steps += [graph.add("hflip"), graph.add("vflip")] if frame.rotation % 360 == 180 else []
        steps += [graph.add("scale", f"{size[0]}:{size[1]}"), graph.add("format", "yuv420p"), graph.add("buffersink")]
        graph.link_nodes(*steps).configure()
        rate = self._source.average_rate or 25
        stream = self._holder.add_stream("libvpx-vp9", rate=min(rate, 60), options=dict(_QUICK))
        stream.width, stream.height, stream.pix_fmt = size[0], size[1], "yuv420p"
        stream.codec_context.time_base = self._source.time_base or Fraction(1, 1000)
        self._graph, self._stream = graph, stream

    def _encode(self, frame: av.VideoFrame | None) -> None:
        if self._stream is None:
            return
        if frame is not None:
            if frame.pts is None or frame.pts - self._early <= self._last:
                return
            frame.pts -= self._early
            self._last = frame.pts
        for packet in self._stream.encode(frame):
            self._holder.mux(packet)
