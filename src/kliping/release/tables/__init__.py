"""The tables of a release: their rows, built from records, and their Parquet files."""
