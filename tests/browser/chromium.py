"""The system's Chromium, for all tests of a worker; a new one takes the place of one that does not let go of a profile."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Error, Playwright

PATH = next((located for name in ("chromium", "chromium-browser", "google-chrome") if (located := shutil.which(name))), None)
UNPRIVILEGED = [] if os.geteuid() else ["--no-sandbox"]
FLAGS = ("--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
"""Without a way out of this machine."""

PLAYS = "--autoplay-policy=no-user-gesture-required"
LETS_GO = 60.0
"""Seconds: seldom, and only on a busy machine, closing a profile is never answered; then nothing but its end helps."""


class Chromium:
    """A browser without a window, and profiles of it."""

    def __init__(self, play: Playwright) -> None:
        self._play = play
        self._browser: Browser | None = None
        self._warm: BrowserContext | None = None
        self.process = 0

    @contextmanager
    def context(self, **options: Any) -> Iterator[BrowserContext]:
        """A profile of its own; its pages are closed with it."""
        context = self._running().new_context(**options)
        try:
            yield context
        finally:
            with self._watched():
                context.close()

    @contextmanager
    def warm(self, **options: Any) -> Iterator[BrowserContext]:
        """The profile of all tests that look at one server: its scripts stay compiled, which is half of what a page costs.

        Pages, cookies and what a page has kept are gone after each test.
        """
        if self._warm is None or self._browser is None or not self._browser.is_connected():
            self._warm = self._running().new_context(**options)
        yield self._warm
        with self._watched():
            self._forget(self._warm)

    def _forget(self, context: BrowserContext) -> None:
        for page in context.pages:
            there = urlsplit(page.url)
            kept = {"origin": f"{there.scheme}://{there.netloc}", "storageTypes": "local_storage,indexeddb,cookies"}
            context.new_cdp_session(page).send("Storage.clearDataForOrigin", kept)
            page.close()
        context.clear_cookies()

    @contextmanager
    def strict(self) -> Iterator[Browser]:
        """Another Chromium, in which nothing plays before somebody has touched the page."""
        browser = self._play.chromium.launch(
            executable_path=PATH, args=[*FLAGS, *UNPRIVILEGED, "--autoplay-policy=user-gesture-required"]
        )
        try:
            yield browser
        finally:
            browser.close()

    def close(self) -> None:
        """End it."""
        if self._browser is not None:
            with self._watched():
                self._browser.close()

    def _running(self) -> Browser:
        if self._browser is None or not self._browser.is_connected():
            self._browser = self._play.chromium.launch(executable_path=PATH, args=[*FLAGS, PLAYS, *UNPRIVILEGED])
            known = self._browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
            self.process = next(int(candidate["id"]) for candidate in known if candidate["type"] == "browser")
        return self._browser

    @contextmanager
    def _watched(self) -> Iterator[None]:
        dead = Timer(LETS_GO, self._kill)
        dead.daemon = True
        dead.start()
        try:
            yield
        except Error as error:
            if "closed" not in str(error):
                raise
        finally:
            dead.cancel()

    def _kill(self) -> None:
        print("Chromium did not let go of a profile, and is ended.", flush=True)
        with suppress(ProcessLookupError):
            os.kill(self.process, signal.SIGKILL)
