"""`python -m openness.disclosures.extraction LIMITS FILE [--look]`: what a file says, as JSON.

The limits hold before the first byte of the file is read; they cannot be raised again from inside.
"""

import json
import os
import resource
import sys
from pathlib import Path

from .result import Extracted, Limits, State, refusal

_LONGEST_COMPLAINT = 64 * 1024
_NICENESS = 10


def main(limits: Limits, path: Path, *, only_look: bool) -> None:
    _hold(limits)
    if not only_look:  # for a look somebody waits
        os.nice(_NICENESS)
    answer = _answer(limits, path, only_look=only_look)
    sys.stdout.write(json.dumps([answer.state, answer.sentence, answer.pages]))


def _hold(limits: Limits) -> None:
    """A second more of hard than of soft time; no file can be written but a short complaint."""
    wanted = {
        resource.RLIMIT_AS: (limits.memory_bytes, limits.memory_bytes),
        resource.RLIMIT_CPU: (limits.cpu_seconds, limits.cpu_seconds + 1),
        resource.RLIMIT_FSIZE: (_LONGEST_COMPLAINT, _LONGEST_COMPLAINT),
        resource.RLIMIT_CORE: (0, 0),
    }
    for name, values in wanted.items():
        resource.setrlimit(name, values)


def _answer(limits: Limits, path: Path, *, only_look: bool) -> Extracted:
    try:
        from .extract import extract, look

        return look(path) if only_look else extract(path, limits)
    except MemoryError:
        return refusal(State.TOO_LARGE)


if __name__ == "__main__":
    main(Limits(**json.loads(sys.argv[1])), Path(sys.argv[2]), only_look="--look" in sys.argv[3:])
