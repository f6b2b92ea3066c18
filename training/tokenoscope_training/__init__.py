"""Training of Tokenoscope's bundled image tokenizers."""
