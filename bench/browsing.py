"""A Chromium without a window and without a way out of this machine."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = ("--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's browser, or the one Playwright has installed."""
    browser_path = next((path for name in NAMES if (path := shutil.which(name))), None)
    unprivileged = () if os.geteuid() else ("--no-sandbox",)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=browser_path, args=[*FLAGS, *unprivileged])
        yield browser
        browser.close()
