"""Open Chromium without a window and draw the HTML pages of this folder."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

import imagequant
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent
MEDIA = HERE.parent
FONTS = [
    ("Inter", "normal", "fontpkg_inter", "Inter[opsz,wght].ttf"),
    ("Fraunces", "normal", "fontpkg_fraunces", "Fraunces[SOFT,WONK,opsz,wght].ttf"),
    ("Fraunces", "italic", "fontpkg_fraunces", "Fraunces-Italic[SOFT,WONK,opsz,wght].ttf"),
    ("Caveat", "normal", "fontpkg_caveat", "Caveat[wght].ttf"),
]


@contextmanager
def browser() -> Iterator[Browser]:
    """Start Chromium (CHROMIUM names its program) and close it afterwards."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox"])
        yield chromium
        chromium.close()


def font_faces() -> str:
    """Return the @font-face rules of the installed font packages."""
    rules = []
    for family, style, package, name in FONTS:
        file = Path(str(resources.files(package) / "files" / name))
        rules.append(f"@font-face{{font-family:'{family}';font-style:{style};font-weight:100 900;src:url('{file.as_uri()}')}}")
    return "".join(rules)


def expand(page_file: Path) -> str:
    """Read a page and put the files it names as <!--include:name--> in their places."""
    text = page_file.read_text(encoding="utf-8")
    for part in sorted((HERE / "pages").glob("_*.html")):
        text = text.replace(f"<!--include:{part.name}-->", part.read_text(encoding="utf-8"))
    return text


def show(page: Page, page_file: Path) -> None:
    """Show one page, with its fonts loaded."""
    html = expand(page_file).replace("</head>", f"<style>{font_faces()}</style></head>")
    with tempfile.NamedTemporaryFile("w", suffix=".html", encoding="utf-8") as whole:
        whole.write(html)
        whole.flush()
        page.goto(Path(whole.name).as_uri())
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(150)


def meta(page: Page, name: str) -> str:
    """Return the content of one <meta> of the page shown."""
    value = page.locator(f"meta[name='{name}']").get_attribute("content", timeout=1000)
    return value or ""


def small_png(data: bytes, target: Path, colours: int = 256, soft: bool = False) -> None:
    """Save a picture as a PNG with a palette, with a little dithering if it is to look soft."""
    target.parent.mkdir(parents=True, exist_ok=True)
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    if soft:
        small = imagequant.quantize_pil_image(picture, dithering_level=0.55, max_colors=colours, max_quality=88)
        small.info.pop("transparency", None)
    else:
        plain = Image.Dither.NONE
        small = picture.quantize(colours, Image.Quantize.MEDIANCUT, kmeans=1, dither=plain)
    small.save(target, optimize=True)
