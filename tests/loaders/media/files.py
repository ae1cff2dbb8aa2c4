"""Small real files of every sort, made for the tests: pictures, sounds, films, papers."""

import io
import wave
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject, TextStringObject

SECRET = "52.5200 N, taken by Jo"


def picture(file: Path, size: tuple[int, int] = (64, 48), colour: str = "teal", turned: int = 1) -> Path:
    """A picture in the format of its ending; a JPEG says who took it, and how it was held."""
    file.parent.mkdir(parents=True, exist_ok=True)
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = SECRET, turned
    shown = Image.new("RGB", size, colour)
    if file.suffix == ".jpg":
        shown.save(file, exif=exif)
    else:
        shown.save(file)
    return file


def sound(file: Path, seconds: float = 1.0, loud: float = 0.2, channels: int = 1, tone: float = 440.0) -> Path:
    """A telephone's WAV, 8 kHz; of two channels the second is silent."""
    file.parent.mkdir(parents=True, exist_ok=True)
    wave_at = np.sin(np.arange(int(8000 * seconds)) / 8000 * tone * 2 * np.pi) * loud * 32767
    both = np.stack([wave_at, *([np.zeros_like(wave_at)] * (channels - 1))], axis=1).astype("<i2")
    with wave.open(str(file), "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(both.tobytes())
    return file


def film(
    file: Path,
    size: tuple[int, int] = (160, 90),
    codec: str = "mpeg4",
    frames: int = 25,
    audible: bool = False,
    late: int = 0,
    begins: int = 0,
    turned: int = 0,
) -> Path:
    """A second of a bar that grows, in the container of its ending.

    Its sound begins `late` seconds later; its times begin at the second `begins`; `turned`: degrees to the left to turn it.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(file), "w") as out:
        moving = out.add_stream(codec, rate=25)
        assert isinstance(moving, av.VideoStream)
        moving.width, moving.height, moving.pix_fmt = size[0], size[1], "yuv420p"
        if turned:
            moving.set_display_rotation(turned)
        audio = out.add_stream("aac", rate=48000, layout="stereo") if audible else None
        assert audio is None or isinstance(audio, av.AudioStream)
        for n in range(frames):
            shown = np.zeros((size[1], size[0], 3), np.uint8)
            shown[:, : size[0] * (n + 1) // frames] = 200
            frame = av.VideoFrame.from_ndarray(shown, format="rgb24")
            frame.pts, frame.time_base = n + begins * 25, Fraction(1, 25)
            out.mux(moving.encode(frame))
            if audio is not None:
                piece = np.full((2, 1920), 0.1, np.float32) * np.sin(np.arange(1920) / 48000 * 440 * 2 * np.pi).astype(np.float32)
                audio_frame = av.AudioFrame.from_ndarray(piece, format="fltp", layout="stereo")
                audio_frame.rate, audio_frame.pts, audio_frame.time_base = (
                    48000,
                    n * 1920 + (begins + late) * 48000,
                    Fraction(1, 48000),
                )
                out.mux(audio.encode(audio_frame))
        out.mux(moving.encode(None))
        if audio is not None:
            out.mux(audio.encode(None))
    return file


def uneven(file: Path, seconds: int) -> Path:
    """Sound without an index whose beginning is far denser than its end: noise, and then silence."""
    file.parent.mkdir(parents=True, exist_ok=True)
    options = {"aac": {"strict": "experimental"}, "mp3": {"write_xing": "0"}}
    with av.open(str(file), "w", format={"aac": "adts", "mp3": "mp3"}[file.suffix[1:]], options=options[file.suffix[1:]]) as out:
        audio = out.add_stream({"aac": "aac", "mp3": "libmp3lame"}[file.suffix[1:]], rate=48000, layout="mono")
        assert isinstance(audio, av.AudioStream)
        noise = np.random.default_rng(1).uniform(-0.5, 0.5, (1, 48000)).astype(np.float32)
        for n in range(seconds):
            audio_frame = av.AudioFrame.from_ndarray(noise if n < seconds // 4 else noise * 0, format="fltp", layout="mono")
            audio_frame.rate, audio_frame.pts, audio_frame.time_base = 48000, n * 48000, Fraction(1, 48000)
            out.mux(audio.encode(audio_frame))
        out.mux(audio.encode(None))
    return file


def paper(
    file: Path,
    pages: int = 2,
    fields: int = 3,
    script: str = "",
    launch: str = "",
    password: str = "",
    owner: str = "",
    hidden: bool = False,
) -> Path:
    """A form; with JavaScript (at its opening, or `hidden` behind a field), with an action that starts a program, or locked.

    `owner`: the password without which it may be read and not changed.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    out = PdfWriter()
    for _ in range(pages):
        out.add_blank_page(300, 400)
    acting = _action("/JavaScript", "/JS", script) if script else None
    boxes = ArrayObject()
    for n in range(fields):
        box = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Widget"),
                NameObject("/FT"): NameObject("/Tx"),
                NameObject("/T"): TextStringObject(f"field {n}"),
                NameObject("/F"): NumberObject(4),
                NameObject("/Rect"): ArrayObject([FloatObject(coordinate) for coordinate in (20, 20 + 30 * n, 200, 40 + 30 * n)]),
            }
        )
        if acting is not None and hidden:
            box[NameObject("/AA")] = DictionaryObject({NameObject("/K"): acting})
        boxes.append(out._add_object(box))
    if fields:
        out.pages[0][NameObject("/Annots")] = boxes
        out.root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/Fields"): boxes})
    if acting is not None and not hidden:
        out.root_object[NameObject("/OpenAction")] = acting
    if launch:
        out.root_object[NameObject("/OpenAction")] = _action("/Launch", "/F", launch)
    if password:
        out.encrypt(password, algorithm="RC4-128")
    if owner:
        out.encrypt("", owner, algorithm="RC4-128")
    held = io.BytesIO()
    out.write(held)
    file.write_bytes(held.getvalue())
    return file


def _action(kind: str, key: str, what: str) -> DictionaryObject:
    return DictionaryObject({NameObject("/S"): NameObject(kind), NameObject(key): TextStringObject(what)})
