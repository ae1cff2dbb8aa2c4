"""The demo company: its exports, and the story they tell."""
