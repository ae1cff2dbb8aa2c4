"""A run of the tests ends, whatever one test does to its worker: the others run, and the lost one is named."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

CONFTEST = """
from tests.sharing import Sharing

def pytest_xdist_make_scheduler(config, log):
    return Sharing(config, log)
"""
EXIT, HANG = "os._exit(1)", "time.sleep(60)"
SETTINGS = """
[pytest]
faulthandler_timeout = 2
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


@pytest.mark.parametrize(("bad", "how"), [([0], EXIT), ([3, 5], EXIT), ([4], HANG), ([8], HANG)])
def test_a_lost_worker_costs_one_test(tmp_path: Path, bad: list[int], how: str) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    (tmp_path / "test_some.py").write_text(TESTS.format(bad=bad, how=how), encoding="utf-8")
    (tmp_path / "pytest.ini").write_text(SETTINGS, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--disable-plugin-autoload",
        "-p",
        "xdist",
        "-n",
        "2",
        "-p",
        "no:cacheprovider",
        ".",
    ]
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTEST_ADDOPTS": ""}
    for name in [name for name in env if name.startswith("PYTEST_XDIST")]:
        del env[name]
    said = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=60, check=False).stdout
    assert f"{len(bad)} failed, {9 - len(bad)} passed" in said, said
    assert {int(number) for number in re.findall(r"^FAILED .*test_one\[(\d)\]", said, re.MULTILINE)} == set(bad)
