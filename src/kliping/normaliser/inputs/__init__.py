"""Raw files of all kinds to inputs: bytes with what is known of them from outside.

`reading` looks at each file and hands it to its reader: `archives`, `web_archives`, `tables` and `rows`. `beside` reads
what people state next to the files, `columns` and `statement` what a row states in its other columns. Everything is
streamed: memory holds one input, or a batch of rows, and in an archive what its sidecars say.
"""

from kliping.normaliser.inputs.columns import own_fields, require_fields
from kliping.normaliser.inputs.reading import read_inputs
from kliping.normaliser.inputs.refused import Refused

__all__ = ["Refused", "own_fields", "read_inputs", "require_fields"]
