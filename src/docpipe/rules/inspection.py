"""Rules: inspection."""
