"""A run of the tests ends, whatever one test does to its worker: the others run, and the lost one is named.

Of the schedulers of pytest-xdist only worksteal does so (loadgroup and loadscope give the lost test out again, and hang).
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

EXIT, HANG = "os._exit(1)", "time.sleep(60)"
SETTINGS = """
[pytest]
faulthandler_timeout = 4
faulthandler_exit_on_timeout = true
"""
TESTS = """
import os, time
import pytest

@pytest.mark.parametrize("number", range(9))
def test_one(number):
    if number in {bad}:
        {how}
"""


@pytest.mark.slow
@pytest.mark.parametrize(("bad", "how"), [([0, 5], EXIT), ([8], HANG)])
def test_a_lost_worker_costs_one_test(tmp_path: Path, bad: list[int], how: str) -> None:
    (tmp_path / "test_some.py").write_text(TESTS.format(bad=bad, how=how), encoding="utf-8")
    (tmp_path / "pytest.ini").write_text(SETTINGS, encoding="utf-8")
    [line] = re.findall(r"^PYTEST .*-m (pytest .*)$", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    command = [
        sys.executable,
        "-m",
        *line.split(),
        "-n",
        "2",
        "--disable-plugin-autoload",
        "-p",
        "xdist",
        "-p",
        "no:cacheprovider",
        ".",
    ]
    env = {**os.environ, "PYTEST_ADDOPTS": ""}
    for name in [name for name in env if name.startswith("PYTEST_XDIST")]:
        del env[name]
    result = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=300, check=False).stdout
    assert f"{len(bad)} failed, {9 - len(bad)} passed" in result, result
    assert {int(number) for number in re.findall(r"^FAILED .*test_one\[(\d)\]", result, re.MULTILINE)} == set(bad)
