"""A failure is told when it happens: whoever stops a run that hangs has already read what went wrong before."""

import pytest

LAST = 25
"""Lines of a failure that are told at once; all of them stand in the report at the end."""


class InstantFailures:
    """Prints each failure when its worker reports it."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Hear of one part of one test."""
        printer = self._config.pluginmanager.get_plugin("terminalreporter")
        if report.failed and printer is not None:
            last = report.longreprtext.splitlines()[-LAST:]
            printer.ensure_newline()
            printer.write_line("\n".join([f"{report.when} of {report.nodeid} failed:", *last]))
