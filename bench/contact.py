"""Contact sheets: all pictures of one size and theme side by side, each with its name."""

from html import escape
from itertools import groupby
from pathlib import Path

from playwright.sync_api import Browser

ACROSS, WIDTH, GAP = 3, 960, 12
STYLE = f"""body {{ margin: {GAP}px; display: grid; grid-template-columns: repeat({ACROSS}, {WIDTH}px); gap: {GAP}px;
background: #777; color: #fff; font: 24px sans-serif }} figure {{ margin: 0 }} img {{ width: 100%; display: block }}"""


def contact_sheets(files: list[Path], into: Path, browser: Browser) -> list[Path]:
    """One sheet for each size and theme."""
    by_kind = sorted(files, key=_kind)
    return [_sheet(list(some), into / f"contact-{kind}.png", browser) for kind, some in groupby(by_kind, key=_kind)]


def _kind(file: Path) -> str:
    return file.stem.partition("@")[2]


def _sheet(files: list[Path], sheet: Path, browser: Browser) -> Path:
    figures = (
        f"<figure><figcaption>{escape(file.stem.partition('@')[0])}</figcaption><img src='{escape(file.name)}'></figure>"
        for file in files
    )
    page_file = sheet.with_suffix(".html")
    page_file.write_text(f"<!doctype html><meta charset='utf-8'><style>{STYLE}</style>{''.join(figures)}", encoding="utf-8")
    page = browser.new_page(viewport={"width": ACROSS * (WIDTH + GAP) + GAP, "height": 1080})
    page.goto(page_file.resolve().as_uri(), wait_until="load")
    page.screenshot(path=sheet, full_page=True)
    page.close()
    page_file.unlink()
    return sheet
