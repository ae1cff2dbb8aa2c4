"""Sound and film as FFmpeg reads them: only from the file itself, and only formats that name no other file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
from av.container import InputContainer
from av.error import FFmpegError

from wallboard.media.info import FILM, SOUND, MediaInfo, MediaRefused, refuse

MOST_PIXELS = 8192 * 4320
MOST_SECONDS = 12 * 3600.0
_FORMATS = "wav,w64,mp3,ogg,flac,aac,amr,aiff,asf,au,gsm,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,avi,mpeg,mpegts,caf"
_LOCAL = {"protocol_whitelist": "file", "format_whitelist": _FORMATS}
_NO_INDEX = ("aac", "mp3", "amr")
"""Sound without an index: how long it runs is a guess from how dense its beginning is."""

_AGAIN = "It may be damaged: export it again."


@contextmanager
def opened(file: Path) -> Iterator[InputContainer]:
    """A clip to read from; what fails within becomes a MediaRefused."""
    try:
        with av.open(str(file), options=_LOCAL, metadata_errors="replace") as holder:
            yield holder
    except MediaRefused:
        raise
    except (FFmpegError, ValueError, IndexError, StopIteration, EOFError) as error:
        raise refuse(file, f"is damaged or no clip that can be read ({_short(error)}).", _AGAIN) from None


def measured(file: Path) -> MediaInfo:
    """What the head of a clip says; of film its size as it is seen, upright, of both how long it runs."""
    with opened(file) as holder:
        info = _measured(file, holder)
        guessed = holder.format.name in _NO_INDEX
    if info.seconds is None or guessed:
        info = MediaInfo(**{**vars(info), "seconds": _counted(file)})
    if not info.seconds:
        raise refuse(file, "is a clip of no length.", _AGAIN)
    if info.seconds > MOST_SECONDS:
        raise refuse(file, f"runs longer than {MOST_SECONDS / 3600:.0f} hours.", "Cut out what is to be seen or heard.")
    return info


def sort_of(file: Path) -> str:
    """SOUND or FILM; raises MediaRefused where it is neither."""
    with opened(file) as holder:
        if moving(holder):
            return FILM
        if holder.streams.audio:
            return SOUND
    raise refuse(file, "is not a picture, paper, call or video that can be read.", _AGAIN)


def _measured(file: Path, holder: InputContainer) -> MediaInfo:
    sounds = holder.streams.audio
    channels = sounds[0].codec_context.channels if sounds else None
    seconds = holder.duration / av.time_base if holder.duration else None
    container = holder.format.name
    codecs = [stream.codec_context.name for stream in (*moving(holder), *sounds)]
    if not moving(holder):
        if not sounds:
            raise refuse(file, "holds neither picture nor sound.", _AGAIN)
        return MediaInfo(SOUND, _mime(container, "audio"), seconds=seconds, channels=channels, codecs=tuple(codecs))
    picture = moving(holder)[0].codec_context
    if picture.width * picture.height > MOST_PIXELS:
        raise refuse(file, f"is {picture.width} × {picture.height}, more than any wall.", "Export it with 1080 lines.")
    size = (picture.height, picture.width) if _lies(holder) else (picture.width, picture.height)
    return MediaInfo(FILM, _mime(container, "video"), *size, seconds=seconds, channels=channels, codecs=tuple(codecs))


def moving(holder: InputContainer) -> list[av.VideoStream]:
    """Its video streams, without the picture on a record's sleeve."""
    return [stream for stream in holder.streams.video if not stream.disposition & stream.disposition.attached_pic]


def _lies(holder: InputContainer) -> bool:
    """True of a film that was taken upright and is kept on its side, as phones do; its first picture says so."""
    try:
        frame = next(holder.decode(moving(holder)[0]), None)
    except FFmpegError:
        return False
    return isinstance(frame, av.VideoFrame) and frame.rotation % 180 != 0


def _mime(container: str, sort: str) -> str:
    names = container.split(",")
    for name, kind in (("webm", "webm"), ("ogg", "ogg"), ("mp4", "mp4"), ("wav", "wav"), ("mp3", "mpeg"), ("flac", "flac")):
        if name in names:
            return f"{sort}/{kind}"
    return f"{sort}/x-{names[0]}"


def _counted(file: Path) -> float:
    """The length of a clip whose head does not say it: the end of its last packet."""
    with opened(file) as holder:
        end = 0.0
        for packet in holder.demux():
            if packet.pts is not None and packet.time_base is not None:
                end = max(end, float((packet.pts + (packet.duration or 0)) * packet.time_base))
        return end


def _short(error: BaseException) -> str:
    text = str(getattr(error, "strerror", None) or error)
    return text or type(error).__name__
