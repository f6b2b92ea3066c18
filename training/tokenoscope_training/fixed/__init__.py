"""fixed-32: a tokenizer whose 32 tokens are worth something only together."""
