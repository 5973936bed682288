"""What a release says of itself to people: the card, its metadata and figures, the citation."""
