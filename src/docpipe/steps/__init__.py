"""What a user can ask for; one file each. Steps take the workspace, the clock and the language."""
