"""ladder-128: karhunen's ordered tokens with a learned decoder, which sharpens what a linear one must leave blurred."""
