"""Record somebody who tracks a parcel and tries to change its address; write the captions too."""

from __future__ import annotations

import io

import av
from captions import Cue, webvtt
from chromium import HERE, MEDIA, browser, show
from PIL import Image

TARGET = MEDIA / "wait/change-address/experience/trying-to-change-the-address.webm"
SECONDS, RATE = 17, 12
CAPTIONS = [
    (0.0, 4.2, "The customer types the fourteen characters of the parcel number."),
    (4.2, 6.0, "The page asks Hub 7."),
    (6.0, 9.1, "The parcel is on its way. It has been for six days."),
    (9.1, 12.5, "It is going to the old flat, so the customer types the new address."),
    (12.5, 15.5, "Not possible: a parcel on its way cannot be changed."),
    (15.5, 17.0, "Back to the start. The session has ended."),
]


def main() -> None:
    """Draw every frame in Chromium and put them together as VP9."""
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    with browser() as chromium, av.open(str(TARGET), "w") as container:
        page = chromium.new_page(viewport={"width": 1280, "height": 720})
        show(page, HERE / "video" / "track.html")
        stream = container.add_stream("libvpx-vp9", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = 1280, 720, "yuv420p"
        stream.options = {"crf": "32", "b": "0", "cpu-used": "5", "row-mt": "1"}
        for number in range(SECONDS * RATE):
            page.evaluate(f"at({number / RATE})")
            picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
            container.mux(stream.encode(av.VideoFrame.from_image(picture)))
        container.mux(stream.encode(None))
    cues = [Cue(start, end, "", text) for start, end, text in CAPTIONS]
    TARGET.with_suffix(".vtt").write_text(webvtt(cues), encoding="utf-8")
    print(f"{TARGET.stat().st_size // 1024} kB  {TARGET.name}")


if __name__ == "__main__":
    main()
