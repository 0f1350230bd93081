"""A shared repository with the hook: it refuses each attack, and lets honest work in."""
