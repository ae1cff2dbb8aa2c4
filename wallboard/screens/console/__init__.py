"""The room's console: who signs in, what they see, and how what they write reaches the records."""
