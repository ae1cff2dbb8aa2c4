"""What the facts are counted with: the engine that orders and recounts them, and what several of them share."""
