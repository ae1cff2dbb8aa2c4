"""Hears what a page complains of, and whom it asks; and waits without eval, which the page's own policy forbids."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import sleep
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Error, Page, Request

from wallboard.clock import elapsed

HERE = "127.0.0.1"
OWN = ("data", "blob", "about")
SETTLED = (Path(__file__).parent / "settled.js").read_text(encoding="utf-8")
FITTED = """() => new Promise((fitted) => setTimeout(() => requestAnimationFrame(() => {
  dispatchEvent(new CustomEvent("room:fit"));
  requestAnimationFrame(fitted);
}), 100))"""
"""Fits the shown scene as soon as the page knows that its last picture stands (60 ms later), as the page itself does then."""


class Watch:
    """The complaints and the requests of every page of one test."""

    def __init__(self) -> None:
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self._forgiven: list[re.Pattern[str]] = []

    def attach(self, page: Page) -> None:
        """Listen to one page."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("request", self._request)

    def forgive(self, pattern: str) -> None:
        """Say that complaints like this belong to the test."""
        self._forgiven.append(re.compile(pattern))

    def elsewhere(self) -> list[str]:
        """Requests that left the server's host."""
        return [url for url in self.requests if urlsplit(url).scheme not in OWN and urlsplit(url).hostname != HERE]

    def pictures(self) -> list[str]:
        """The ids of the pictures asked for so far, in order."""
        paths = [urlsplit(url).path for url in self.requests]
        return [path.removeprefix("/picture/") for path in paths if path.startswith("/picture/")]

    def forget(self) -> None:
        """Begin anew: what was heard so far belongs to another test."""
        self.complaints.clear()
        self.requests.clear()
        self._forgiven.clear()

    def settle(self) -> None:
        """Fail on what was not forgiven."""
        left = [complaint for complaint in self.complaints if not any(pattern.search(complaint) for pattern in self._forgiven)]
        assert not left, f"the page complained: {left}"
        assert not self.elsewhere(), f"requests left the server's host: {self.elsewhere()}"

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning", "assert"):
            self.complaints.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    def _request(self, request: Request) -> None:
        self.requests.append(request.url)


def until(holds: Callable[[], Any], within: float = 60.0, every: float = 0.1, page: Page | None = None) -> Any:
    """Ask again and again until the answer is not empty; pages are given time to hear their events.

    `within` (seconds) is only how long to hope on a machine that is busy: who wants to know how long something takes measures it.
    """
    end, answer, problem = elapsed() + within, None, ""
    while elapsed() < end:
        try:
            if answer := holds():
                return answer
        except Error as error:
            problem = str(error).splitlines()[0]
        if page is not None:
            page.wait_for_timeout(every * 1000)
        else:
            sleep(every)
    raise AssertionError(f"still {answer!r} after {within} s {problem}")


@contextmanager
def questions(page: Page, about: str = "/pulse") -> Iterator[list[str]]:
    """The questions at one address that a page has heard an answer to meanwhile, or that there is none."""
    requests: list[str] = []

    def note(request: Request) -> None:
        if urlsplit(request.url).path == about:
            requests.append(request.url)

    for event in ("requestfinished", "requestfailed"):
        page.on(event, note)
    yield requests
    for event in ("requestfinished", "requestfailed"):
        page.remove_listener(event, note)


def after_questions(page: Page, times: int = 2, about: str = "/pulse") -> None:
    """Wait until the page has heard what it asks the room all the time so much more often, or that there is no answer.

    What a page would have done by itself it has done then, however busy the machine is.
    """
    with questions(page, about) as requests:
        until(lambda: len(requests) >= times, page=page)
    page.evaluate("() => new Promise(requestAnimationFrame)")


def open_board(page: Page, url: str, within: float = 60.0) -> None:
    """Go to a wall or a stage, and wait until every picture of the shown scene stands still."""
    page.goto(url)
    settled(page, within)


def settled(page: Page, within: float = 60.0) -> None:
    """Wait until every picture of the shown scene stands: drawn, loaded, faded in, and its rows trimmed."""
    left: list[str] = []

    def still() -> bool:
        left[:] = [page.evaluate(SETTLED)]
        return left == [""]

    try:
        until(still, within, page=page)
    except AssertionError:
        raise AssertionError(f"{page.url} does not settle: {left}") from None
    page.evaluate(FITTED)
    with suppress(AssertionError):  # a chart becomes as large as the place that fitting left it a tenth of a second later
        until(still, 5.0, page=page)


def until_text(page: Page, selector: str, part: str, within: float = 60.0) -> None:
    """Wait until a reader finds `part` there."""
    until(lambda: part in " ".join(page.locator(selector).first.inner_text().split()), within, page=page)


def until_at(page: Page, path: str) -> None:
    """Wait until the page is at `path`."""
    until(lambda: page.evaluate("location.pathname") == path, page=page)
