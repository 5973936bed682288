"""`kliping split`: which articles are for training, for validation and for the test."""
