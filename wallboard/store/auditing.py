"""What changes who may do what is audited by the store itself, whoever changes it.

The audit names the person and the instant that stand in `current_actor` while a verb of the room writes; by hand it is nobody,
now. A trigger compares a row as it was and as it is.
"""

from collections.abc import Iterator

from wallboard.store.dialects import function, spelt, trigger

_USER = ("login", "name", "role", "function")
_CHANGES: tuple[tuple[str, str, str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("user_account", "INSERT", "added", "1 = 1", (), _USER),
    ("user_account", "UPDATE", "role changed", "NEW.role <> OLD.role", ("role",), ("role",)),
    ("user_account", "UPDATE", "login changed", "NEW.login <> OLD.login", ("login",), ("login",)),
    ("user_account", "UPDATE", "password changed", "NEW.password <> OLD.password", (), ()),
    (
        *("user_account", "UPDATE", "function changed", "coalesce(NEW.function, '') <> coalesce(OLD.function, '')"),
        *(("function",), ("function",)),
    ),
    (
        *("user_account", "UPDATE", "left", "NEW.left_at IS NOT NULL AND (OLD.left_at IS NULL OR NEW.left_at <> OLD.left_at)"),
        *(("login",), ("left_at",)),
    ),
    ("user_account", "UPDATE", "let back in", "NEW.left_at IS NULL AND OLD.left_at IS NOT NULL", ("left_at",), ("login",)),
    ("mandate", "INSERT", "given", "1 = 1", (), ("function", "since")),
    ("mandate", "UPDATE", "ended", "1 = 1", ("function", "since"), ("function", "until")),
)
"""Table, what is done to it, what that is called, when, and the columns that are told as they were and as they are."""

_INSTANTS = ("since", "until", "left_at")
_NOW = {"sqlite": "strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'", "postgresql": "now() AT TIME ZONE 'UTC'"}
_OBJECT = {"sqlite": "json_object", "postgresql": "json_build_object"}


def audits(dialect: str, schema: str) -> Iterator[str]:
    """The triggers that audit users and their mandates."""
    for number, (table, on, did, when, was, became) in enumerate(_CHANGES):
        name, key = f"audited_{number}", "id" if table == "user_account" else "user_id"
        at = f"coalesce((SELECT c.at FROM current_actor c ORDER BY c.id DESC LIMIT 1), {_NOW[dialect]})"  # noqa: S608
        actor = "(SELECT c.actor FROM current_actor c ORDER BY c.id DESC LIMIT 1)"
        values = f"CAST(NEW.{key} AS varchar(80)), '{did}', {_json(dialect, 'OLD', was)}, {_json(dialect, 'NEW', became)}"
        into = "INSERT INTO audit (at, actor, changed, row_key, did, was, became)"
        body = f"{into} VALUES ({at}, {actor}, '{table}', {values});"
        if dialect == "postgresql":
            yield function(schema, name, f"IF {when} THEN {body} END IF;", on)
        yield trigger(dialect, schema, name, table, f"AFTER {on}", when, body)


def _json(dialect: str, row: str, columns: tuple[str, ...]) -> str:
    if not columns:
        return "NULL"
    cells = (f"STAMP({row}.{name})" if name in _INSTANTS else f"{row}.{name}" for name in columns)
    pairs = ", ".join(f"'{name}', {cell}" for name, cell in zip(columns, cells, strict=True))
    made = f"{_OBJECT[dialect]}({spelt(dialect, pairs)})"
    return f"CAST({made} AS text)"
