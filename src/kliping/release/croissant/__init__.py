"""What a release says of itself to machines: `croissant.json`, by Croissant 1.1 and its vocabulary RAI 1.0."""
