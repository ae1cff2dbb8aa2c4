"""What arrives: exports as received, read, mapped onto feeds, checked and written to the store."""
