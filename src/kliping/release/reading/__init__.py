"""How a release is found, loaded and decoded: what researchers do with it."""
