"""One run over the raw folder, from its files to `corpus/`: start at `corpus.py`.

`listing` and `plan` say what is to be done, `processes` and `staging` do it beside its place, `settlement` tells who is
who from the facts alone, and `journal` puts everything in its place, or nothing.
"""
