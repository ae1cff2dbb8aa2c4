"""Each panel and screen has its styles beside it, under its own class: no rule reaches further, and none is left over."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import tinycss2

from tests.conftest import REPOSITORY
from tests.contracts.sources import nodes
from wallboard.drawing.cell import wall_tokens
from wallboard.drawing.theme import DARK, DEFAULT_FLOOR, SHARES
from wallboard.panels import find_panels
from wallboard.screens.bundle import ENTRIES, bootstrap, styles_of

PACKAGE = REPOSITORY / "wallboard"
SHARED = {"drawing/theme", "drawing/glyphs", "screens/board", "screens/frame", "screens/page"}
"""Few and named: their rules reach wherever their classes stand."""

SCREENS = {
    "screens/console/console": ".console",
    "screens/console/navigation": ".console",
    "screens/console/walk_page": ".console",
    "screens/console/opportunity_pages": ".console",
    "screens/console/roster_page": ".console",
    "screens/console/rollout_page": ".console",
    "screens/console/teams_page": ".console",
    "screens/console/research_page": ".on-research",
    "screens/console/learned_page": ".learned-log",
    "screens/console/events_page": ".events-log",
    "screens/console/session_page": ".session-log",
    "screens/console/shell": ".golden",
    "screens/trying/pages": ".trying",
    "screens/decks": "#decks",
    "screens/follow": ".follow",
    "screens/sheet": "#sheet",
    "screens/activity": ".board.wall",
    "screens/spine": ".board.wall",
    "screens/voices": "#voices",
}
LIBRARY = bootstrap().decode()
FOREIGN = {"dash-graph", "js-plotly-plot"} | set(re.findall(r"\.(-?[A-Za-z_][\w-]*)", LIBRARY))
"""Classes that a library writes."""

FILES = {str(file.relative_to(PACKAGE).with_suffix("")): file for file in sorted(PACKAGE.rglob("*.css"))}
MODULES = REPOSITORY / "assets" / "js"
WORD = re.compile(r"[A-Za-z_][\w-]*")
QUOTED = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|`[^`]*`")


@dataclass(frozen=True)
class Rule:
    """A style rule: its selectors, what it declares, and the selectors that it is nested in."""

    selectors: str
    body: str
    within: tuple[str, ...] = ()

    @property
    def scope(self) -> str:
        """What everything that the rule reaches begins with."""
        return (*self.within, self.selectors)[0]


@cache
def rules(source: str) -> tuple[Rule, ...]:
    """Every rule of a style sheet: nested ones, and those within media and container blocks."""
    return tuple(_rules(tinycss2.parse_stylesheet(source, skip_comments=True, skip_whitespace=True), ()))


def _rules(nodes: list[tinycss2.ast.Node], within: tuple[str, ...]) -> Iterator[Rule]:
    for node in nodes:
        if node.type == "declaration":
            continue
        assert node.type in ("qualified-rule", "at-rule"), f"line {node.source_line}: {node.serialize()}"
        prelude = tinycss2.serialize(node.prelude).strip()
        inner = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
        if node.type == "qualified-rule":
            yield Rule(prelude, tinycss2.serialize(node.content), within)
            yield from _rules(inner, (*within, prelude))
        elif node.at_keyword in ("media", "container"):
            yield from _rules(inner, within)


def outside(name: str, source: str, scopes: Sequence[str]) -> list[str]:
    """The rules of a file that are nested in none of its scopes."""
    return [f"{name}.css: {rule.selectors} stands outside {scopes}" for rule in rules(source) if rule.scope not in scopes]


def scope_of(name: str) -> str | None:
    """What a file's rules must be nested in; None for a part, which has classes of its own choice."""
    folder, _, stem = name.rpartition("/")
    return f".panel-{stem.replace('_', '-')}" if folder == "panels" else SCREENS.get(name)


def classes(selectors: str) -> set[str]:
    return set(re.findall(r"\.(-?[A-Za-z_][\w-]*)", re.sub(r"\"[^\"]*\"", "", selectors)))


def parts() -> dict[str, list[str]]:
    """The classes that each part of drawings stands under."""
    fields = {
        name: file.read_text(encoding="utf-8") for name, file in FILES.items() if name not in SHARED and scope_of(name) is None
    }
    return {name: list(dict.fromkeys(rule.scope for rule in rules(source))) for name, source in fields.items()}


def test_every_rule_of_a_panel_or_screen_stands_under_its_own_class() -> None:
    own = [name for name in FILES if name not in SHARED and scope_of(name)]
    strays = {name: outside(name, FILES[name].read_text(encoding="utf-8"), [str(scope_of(name))]) for name in own}
    assert own and not [*filter(None, strays.values())]


def test_a_rule_outside_its_scope_is_found() -> None:
    own = ".panel-a { gap: 0; li { color: red } @media (max-width: 9px) { & b { color: red } } }"
    source = f"{own} .panel-b {{ li {{ gap: 0 }} }} .c {{ gap: 0 }}"
    assert [line.split()[1] for line in outside("panels/a", source, [".panel-a"])] == [".panel-b", "li", ".c"]


def test_a_part_stands_under_few_classes_which_no_other_part_claims() -> None:
    claimed = [scope for scopes in parts().values() for scope in scopes]
    assert len(set(claimed)) == len(claimed) and all(re.fullmatch(r"[.#][\w-]+", scope) for scope in claimed)
    assert max(len(scopes) for scopes in parts().values()) <= 3


def test_a_panel_has_at_most_one_file_and_each_file_its_panel_or_screen() -> None:
    panels = {name.removeprefix("panels/") for name in FILES if name.startswith("panels/")}
    assert panels <= set(find_panels())
    screens = {name for name in FILES if name.startswith("screens/")} - SHARED
    assert screens == set(SCREENS) and all((PACKAGE / f"{name}.py").exists() for name in screens)


def test_every_file_is_sent_with_a_page() -> None:
    sent = {file for entry in ENTRIES for file in styles_of(PACKAGE, entry)}
    assert sent == set(FILES.values())


@cache
def written(file: Path) -> tuple[set[str], set[str]]:
    """The words of every string that a module writes, and the beginnings of those that end with a value."""
    if file.suffix == ".js":
        return {word for quoted in QUOTED.findall(file.read_text(encoding="utf-8")) for word in WORD.findall(quoted)}, set()
    words, beginnings = set[str](), set[str]()
    prose = {id(node.value) for node in nodes(file) if isinstance(node, ast.Expr)}
    for node in nodes(file):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            words.update(WORD.findall(node.value))
        if isinstance(node, ast.JoinedStr):
            texts = (part.value for part in node.values if isinstance(part, ast.Constant))
            beginnings.update(str(text).split()[-1] for text in texts if str(text).endswith("-"))
    return words, beginnings


def writers(name: str) -> list[Path]:
    """The modules that may write what a file styles: a panel's own one, and whatever draws for all of them."""
    folder = name.split("/")[0]
    own = [PACKAGE / f"{name}.py"] if folder == "panels" else [*PACKAGE.glob("panels/*.py"), *PACKAGE.glob("screens/**/*.py")]
    return [
        *own,
        *PACKAGE.glob("drawing/*.py"),
        *(PACKAGE / "screens" / f"{script}.py" for script in ("frame", "judging")),
        *MODULES.glob("*.js"),
    ]


def unwritten(name: str, source: str) -> list[str]:
    """The classes that a file styles and that no module writes."""
    names = {name for rule in rules(source) for name in classes(rule.selectors)}
    words = FOREIGN | {f"panel-{panel.replace('_', '-')}" for panel in find_panels()}
    beginnings = set[str]()
    for file in writers(name):
        words |= written(file)[0]
        beginnings |= written(file)[1]
    return sorted(css_class for css_class in names - words if not css_class.startswith(tuple(beginnings)))


def test_every_class_of_the_styles_is_written_by_somebody() -> None:
    left = {name: unused for name, file in FILES.items() if (unused := unwritten(name, file.read_text(encoding="utf-8")))}
    assert not left, f"classes that nobody writes: {left}"


def test_a_class_that_nobody_writes_is_found() -> None:
    assert unwritten("panels/worth", ".panel-worth { .worths li, .bar.gone-for-good { gap: 0 } }") == ["gone-for-good"]


HOLDERS = re.compile(r"(?:^|[\s>+~,(])(?:&|html|body|#screen|\.board|\.scene|\.grid|\.frame|\.body)(?:[.\[:#][^\s>+~]*?)?:has\(")


def hung_on_holders(source: str) -> list[str]:
    """The rules whose look hangs on what is in a place that holds charts, and those that a browser asks of every new element.

    Each letter that plotly measures is an element put into the page: with such a rule it costs the style of a whole board anew.
    """
    faults = []
    for rule in rules(source):
        own = rule.selectors.replace("&", "&" if rule.scope.startswith((".panel-", ".board")) else ".part")
        if HOLDERS.search(own) or re.search(r":has\([^()]*:not\(", own):
            faults.append(rule.selectors)
    return faults


def test_no_style_of_a_board_hangs_on_what_is_in_a_place_that_holds_charts() -> None:
    files = styles_of(PACKAGE, "board")
    assert not {file.name: left for file in files if (left := hung_on_holders(file.read_text(encoding="utf-8")))}


def test_a_style_that_hangs_on_what_is_in_a_place_is_found() -> None:
    hung = "body:has(.a) { gap: 0 } html:not(.b) .scene.shown:has(> c) d { gap: 0 } .panel-e { &:has(f) g { gap: 0 } }"
    slow, fine = ".h:has(.i:not(.j)) { gap: 0 }", "#sheet { &:has(k) { gap: 0 } li:has(b) { gap: 0 } } .l:not(:has(m)) { gap: 0 }"
    assert len(hung_on_holders(hung)) == 3 and len(hung_on_holders(slow)) == 1 and not hung_on_holders(fine)


def test_every_custom_property_is_set_and_used() -> None:
    styles = "\n".join(file.read_text(encoding="utf-8") for file in FILES.values())
    scripts = "\n".join(file.read_text(encoding="utf-8") for file in (*MODULES.glob("*.js"), *PACKAGE.rglob("*.py")))
    used, declared = set(re.findall(r"var\((--[\w-]+)", styles)), set(re.findall(r"(?<![\w-])(--[\w-]+)\s*:", styles))
    elsewhere = (
        set(re.findall(r"--[\w-]+", scripts + LIBRARY)) | {f"--{name}" for name in DARK} | {f"--{name}-size" for name in SHARES}
    ) | set(wall_tokens(DEFAULT_FLOOR))
    assert declared <= used | elsewhere, "set and used by nobody"
    assert used <= declared | elsewhere, "used and set by nobody"


def test_digits_have_one_width_where_numbers_stand_and_not_in_words() -> None:
    """Inter widens hyphens together with digits: in running words "e-mail" would be torn apart."""
    [page] = [rule.body for rule in rules(FILES["drawing/theme"].read_text(encoding="utf-8")) if rule.selectors == "html"]
    assert "tnum" not in page and "tabular" not in page
    numbers = [
        rule.selectors for rule in rules(FILES["drawing/glyphs"].read_text(encoding="utf-8")) if "tabular-nums" in rule.body
    ]
    assert len(numbers) == 1 and {"number", "big"} <= classes(numbers[0])


def test_what_does_not_fit_is_set_smaller_in_the_sizes_that_the_theme_has() -> None:
    source = (MODULES / "fit.js").read_text(encoding="utf-8")
    [named] = re.findall(r"^const LEAST = \{(.*?)\};", source, re.M)
    assert set(re.findall(r"(\w+):", named)) == set(SHARES) - {"quiet"}
