"""eye: a small vision transformer with a class token that says what a picture shows, and what it looked at."""
