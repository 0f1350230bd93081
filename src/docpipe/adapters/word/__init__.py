"""Word documents: templates and the letterhead in, finished packages and their text out."""
