"""The browser of the tests: one that no longer answers costs a minute, not the run."""

import os
import signal

import pytest

from tests.browser import chromium as installed
from tests.browser.chromium import Chromium

pytestmark = pytest.mark.browser


def test_one_that_does_not_let_go_of_a_profile_is_replaced(chromium: Chromium, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed, "LETS_GO", 1.0)
    with chromium.context() as context:
        context.new_page().goto("about:blank")
        os.kill(chromium.process, signal.SIGSTOP)
    with chromium.context() as context:
        assert context.new_page().evaluate("1 + 1") == 2
