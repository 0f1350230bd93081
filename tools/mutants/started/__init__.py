"""What python imports by itself where this folder is on its path."""
