"""Bytes to characters, and characters to the lines of a text dump."""
