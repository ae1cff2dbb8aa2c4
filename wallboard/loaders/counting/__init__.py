"""What the facts are counted with: how they are declared, and what several of them share."""
