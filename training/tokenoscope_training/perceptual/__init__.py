"""A perceptual distance of our own: a small network trained without labels, and distances between its features."""
