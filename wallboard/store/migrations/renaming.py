"""Gives tables and columns another name, with the constraints that carry it; the rows stay where they are."""

import sqlalchemy as sa


def rename_table(bind: sa.Connection, old: str, new: str) -> None:
    """A table, and every constraint and index named after it; what refers to it follows."""
    bind.exec_driver_sql(f'ALTER TABLE "{old}" RENAME TO "{new}"')
    _rename_constraints(bind, new, [(f"{kind}_{old}", f"{kind}_{new}") for kind in ("pk", "uq", "ck", "fk", "ix")])
    bind.execute(sa.text("UPDATE table_version SET table_name = :new WHERE table_name = :old"), {"old": old, "new": new})


def rename_column(bind: sa.Connection, table: str, old: str, new: str) -> None:
    """A column, and the constraints named after it."""
    bind.exec_driver_sql(f'ALTER TABLE "{table}" RENAME COLUMN "{old}" TO "{new}"')
    _rename_constraints(bind, table, [(f"{kind}_{table}_{old}", f"{kind}_{table}_{new}") for kind in ("uq", "ck", "fk", "ix")])


def keep_old_name(bind: sa.Connection, old: str, new: str, columns: str) -> None:
    """The old name as a view that can only be read, by whoever may read the table."""
    bind.exec_driver_sql(f'CREATE VIEW "{old}" AS SELECT {columns} FROM "{new}"')  # noqa: S608
    if bind.dialect.name == "postgresql":
        query = (
            "SELECT DISTINCT grantee FROM information_schema.role_table_grants "
            "WHERE table_schema = current_schema() AND table_name = %s AND privilege_type = 'SELECT' AND grantee <> current_user"
        )
        for (reader,) in bind.exec_driver_sql(query, (new,)).all():
            named = "PUBLIC" if reader == "PUBLIC" else f'"{reader}"'
            bind.exec_driver_sql(f'GRANT SELECT ON "{old}" TO {named}')


def _rename_constraints(bind: sa.Connection, table: str, names: list[tuple[str, str]]) -> None:
    if bind.dialect.name == "postgresql":
        query = "SELECT conname FROM pg_constraint WHERE conrelid = to_regclass(current_schema() || '.' || quote_ident(%s))"
        for (name,) in bind.exec_driver_sql(query, (table,)).all():
            if (renamed := _renamed(name, names)) != name:
                bind.exec_driver_sql(f'ALTER TABLE "{table}" RENAME CONSTRAINT "{name}" TO "{renamed}"')
    else:
        _rename_in_sqlite(bind, table, names)
    for index in sa.inspect(bind).get_indexes(table):
        name = index["name"]
        if name and not index.get("duplicates_constraint") and (renamed := _renamed(name, names)) != name:
            columns = ", ".join(f'"{column}"' for column in index["column_names"])
            unique = "UNIQUE " if index["unique"] else ""
            bind.exec_driver_sql(f'DROP INDEX "{name}"')
            bind.exec_driver_sql(f'CREATE {unique}INDEX "{renamed}" ON "{table}" ({columns})')


def _rename_in_sqlite(bind: sa.Connection, table: str, names: list[tuple[str, str]]) -> None:
    """SQLite renames no constraint; its own manual says to change the text of the table (lang_altertable, 7)."""
    text: str = bind.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).scalar_one()
    words = text.split("CONSTRAINT ")
    changed = "CONSTRAINT ".join([words[0], *(_first_renamed(word, names) for word in words[1:])])
    if changed == text:
        return
    version = bind.exec_driver_sql("PRAGMA schema_version").scalar_one()
    bind.exec_driver_sql("PRAGMA writable_schema=ON")
    bind.exec_driver_sql("UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = ?", (changed, table))
    bind.exec_driver_sql(f"PRAGMA schema_version={version + 1}")
    bind.exec_driver_sql("PRAGMA writable_schema=OFF")


def _first_renamed(words: str, names: list[tuple[str, str]]) -> str:
    name, space, rest = words.partition(" ")
    return _renamed(name.strip('"'), names) + space + rest


def _renamed(name: str, names: list[tuple[str, str]]) -> str:
    for old, new in names:
        if name == old or name.startswith(f"{old}_"):
            return new + name.removeprefix(old)
    return name
