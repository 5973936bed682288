"""The main job on the sample corpus, from raw clippings to `load_dataset`: `nox -s demo`."""
