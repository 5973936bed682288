"""`kliping release`: what is to be built, the draft beside its place, and the record of what it held."""
