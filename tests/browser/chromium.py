"""The system's Chromium, for all tests of a worker; a new one takes the place of one that does not let go of a profile."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The one that has no window in the first place lays out the same in three fifths of the time."""

PATH = next((located for name in NAMES if (located := shutil.which(name))), None)
UNPRIVILEGED = [] if os.geteuid() else ["--no-sandbox"]
FLAGS = (
    "--disable-gpu", "--process-per-site", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--font-render-hinting=none",
)  # fmt: skip
"""Without a way out of this machine; all pages of a profile are one process, whose scripts stay compiled; letters have the widths
that they have in a window."""

PLAYS = "--autoplay-policy=no-user-gesture-required"
LETS_GO = 60.0
"""Seconds: seldom, and only on a busy machine, closing a profile is never answered; then nothing but its end helps."""


class _Profile:
    """A profile, and the servers whose pages have stood in it."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self._origins: set[str] = set()
        self._keeper: Page | None = None
        context.on("page", lambda page: page.on("framenavigated", lambda frame: self._origins.add(_origin(frame.url))))

    def forget(self) -> None:
        """Close its pages, and forget what they have kept; an empty one stays, and with it their process and its scripts."""
        if self._keeper is None:
            self._keeper = self.context.pages[0] if self.context.pages else self.context.new_page()
            self._keeper.goto("about:blank")
        for page in self.context.pages:
            if page is not self._keeper:
                page.close()
        devtools = self.context.new_cdp_session(self._keeper)
        for origin in self._origins:
            devtools.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "local_storage,indexeddb,cookies"})
        devtools.detach()
        self.context.clear_cookies()
        self.context.set_offline(False)


class Chromium:
    """A browser without a window, and profiles of it."""

    def __init__(self, play: Playwright) -> None:
        self._play = play
        self._browser: Browser | None = None
        self._idle: dict[str, list[_Profile]] = {}
        self.process = 0

    @contextmanager
    def context(self, **options: Any) -> Iterator[BrowserContext]:
        """A profile that nobody else has meanwhile; its pages, cookies and what they have kept are gone afterwards.

        Whoever asks for one like it has it next: its first page costs a third of what a new profile's does. Nothing moves in it
        unless it is asked for: without a graphics card a scene that fades in costs more than all else that a turn does.
        """
        options = {"reduced_motion": "reduce", **options}
        browser, kind = self._running(), repr(sorted(options.items()))
        idle = self._idle.setdefault(kind, [])
        profile = idle.pop() if idle else _Profile(browser.new_context(**options))
        try:
            yield profile.context
        finally:
            with self._watched():
                profile.forget()
                idle.append(profile)

    @contextmanager
    def spoilt_context(self, **options: Any) -> Iterator[BrowserContext]:
        """A profile for what cannot be undone in it, as to stop its clock; in this one scenes fade in."""
        context = self._running().new_context(**options)
        try:
            yield context
        finally:
            with self._watched():
                context.close()

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
            self._idle.clear()
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


def _origin(url: str) -> str:
    there = urlsplit(url)
    return f"{there.scheme}://{there.netloc}"
