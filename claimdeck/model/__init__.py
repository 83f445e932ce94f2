"""The nouns and their addresses: cards, settings, problems, urls, the lock, the store."""
