"""What each version of a corpus held, how two differ, and which version may come next."""
