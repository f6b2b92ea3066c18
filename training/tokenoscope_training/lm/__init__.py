"""Small decoder-only language models over bytes, over byte-level BPE, and over symbols without fixed meaning."""
