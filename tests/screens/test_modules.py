"""Modules are joined as a browser would run them: each once, after what it needs, and none in a circle."""

from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from wallboard.screens.bundle import ENTRIES
from wallboard.screens.modules import EXPORT, IMPORT, joined, needed

MODULES = REPOSITORY / "assets" / "js"


def written(folder: Path, **sources: str) -> Path:
    for name, source in sources.items():
        (folder / f"{name}.js").write_text(source, encoding="utf-8")
    return folder / "entry.js"


def test_what_a_module_needs_runs_once_and_before_it(tmp_path: Path) -> None:
    entry = written(
        tmp_path,
        entry='import "./left.js";\nimport { three } from "./right.js";\nthree();\n',
        left='import { two } from "./base.js";\ntwo();\n',
        right='import { two } from "./base.js";\nexport const three = () => two() + 1;\n',
        base="const one = 1;\nexport function two() { return one + 1; }\n",
    )
    assert [file.stem for file in needed(entry)] == ["base", "left", "right", "entry"]
    text = joined(entry)
    assert text.index("const $base") < text.index("const { two } = $base;") and text.count("const $base") == 1
    assert "return { two };" in text and "import" not in text and "export" not in text


def test_a_circle_of_modules_is_refused(tmp_path: Path) -> None:
    entry = written(tmp_path, entry='import "./other.js";\n', other='import "./entry.js";\n')
    with pytest.raises(ValueError, match=r"entry\.js needs itself"):
        joined(entry)


def test_every_module_belongs_to_a_page_and_says_imports_and_exports_so_that_they_are_found() -> None:
    reached = {file for entry in ENTRIES for file in needed(MODULES / f"{entry}.js")}
    assert reached == set(MODULES.glob("*.js"))
    for file in sorted(reached):
        source = file.read_text(encoding="utf-8")
        marks = [line for line in source.splitlines() if line.startswith(("import", "export"))]
        assert len(marks) == len(IMPORT.findall(source)) + len(EXPORT.findall(source)), file.name
        assert "window." not in source.replace("window.dash_clientside", ""), f"{file.name} makes or reads a global"
