"""What must hold of what is on record: one small function each; verify and the hook run them."""
