"""JOIN cards into a deck with all that follows from them, and JUDGE what the desk says of it."""
