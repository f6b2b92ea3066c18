"""fixed-32: a tokenizer whose 32 tokens are useful only together."""
