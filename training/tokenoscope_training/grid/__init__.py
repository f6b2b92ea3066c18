"""grid-256: a tokenizer whose tokens lie on a grid, one for each square of the picture, without any order of importance."""
