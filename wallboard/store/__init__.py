"""The store: one schema, SQLite by default and PostgreSQL by changing one URL."""
