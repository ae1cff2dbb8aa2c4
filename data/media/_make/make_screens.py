"""Draw every page of pages/ (screens of the shop) or textures/ (prints for the pictures)."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from chromium import HERE, MEDIA, browser, meta, show, small_png

TEXTURES = Path(tempfile.gettempdir()) / "fern-and-kettle"


def size_of(text: str) -> tuple[int, int, float]:
    """Read a size such as 1280x800@2."""
    plain, _, scale = text.partition("@")
    width, height = plain.split("x")
    return int(width), int(height), float(scale or 1)


def main(folder: str, only: list[str]) -> None:
    """Draw the pages of one folder, or only the named ones."""
    with browser() as chromium:
        for file in sorted((HERE / folder).glob("[!_]*.html")):
            if only and file.stem not in only:
                continue
            first = chromium.new_page()
            show(first, file)
            width, height, scale = size_of(meta(first, "size"))
            target = meta(first, "target")
            first.close()
            page = chromium.new_page(viewport={"width": width, "height": height}, device_scale_factor=scale)
            show(page, file)
            picture = page.screenshot()
            page.close()
            if folder == "textures":
                TEXTURES.mkdir(exist_ok=True)
                (TEXTURES / target).write_bytes(picture)
            else:
                small_png(picture, MEDIA / target, soft=True)
            print(f"{len(picture) // 1024:5d} kB drawn  {target}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "pages", sys.argv[2:])
