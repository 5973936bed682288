"""What a model says about articles, proven before an annotator is shown any of it.

`reading` reads a file of `annotations/predictions/` again and says what is wrong with a prediction; push and the check
use it. `given` takes what a model of somebody's own wrote down, `plugin` asks a group's own model, `gazetteer` is the
baseline that needs none; `writing` writes what any of them says, whole or not at all.
"""
