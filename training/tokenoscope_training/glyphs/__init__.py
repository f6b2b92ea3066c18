"""glyphs: a binary tokenizer of rendered writing, to see at which budget it becomes legible."""
