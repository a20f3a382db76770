"""Reading in a process of its own: a file can hang or fell that process, never the site."""

import json
import logging
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from threading import Event, Timer
from typing import IO

from .result import Extracted, Limits, Page, State, refusal

logger = logging.getLogger(__name__)
_ROOT = Path(__file__).resolve().parents[3]
# A character is at most twelve bytes of JSON: two escapes of a surrogate pair.
_BYTES_A_CHARACTER = 12
_BYTES_A_PAGE = 200
_ENDINGS = {-signal.SIGXCPU: State.TOO_SLOW, -signal.SIGKILL: State.TOO_SLOW}


def extract_outside(path: Path, limits: Limits) -> Extracted:
    """What `extract` gives, and too slow or damaged for what it did not survive.

    Raises:
        OSError: the process could not be started.
    """
    return _ask(path, limits)


def is_locked_outside(path: Path, limits: Limits) -> bool:
    """Whether the file asks for a password. What cannot be told in time counts as no: reading will tell.

    Raises:
        OSError: the process could not be started.
    """
    return _ask(path, limits, "--look").state is State.ENCRYPTED


def _ask(path: Path, limits: Limits, *options: str) -> Extracted:
    command = [sys.executable, "-m", __package__, json.dumps(asdict(limits)), str(path), *options]
    with tempfile.TemporaryFile() as complaints, _start(command, complaints) as child:
        late = Event()
        timer = Timer(limits.seconds, _end, (child, late))
        timer.start()
        try:
            answer, ending = _listen(child, limits)
        finally:
            timer.cancel()
            child.kill()
        if late.is_set():
            return refusal(State.TOO_SLOW)
        return _parse(answer) if ending == 0 else _fallen(path, ending, complaints)


def _start(command: list[str], complaints: IO[bytes]) -> subprocess.Popen[bytes]:
    """Without the site's environment: what reads strangers' files gets no secrets."""
    environment = {"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"}
    return subprocess.Popen(  # noqa: S603  (our own module, its arguments as a list)
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=complaints, env=environment, cwd="/", close_fds=True
    )


def _listen(child: subprocess.Popen[bytes], limits: Limits) -> tuple[bytes, int]:
    """What the child said, up to the most that it may say, and how it ended; the timer ends one that never does."""
    assert child.stdout is not None  # noqa: S101
    most = limits.characters * _BYTES_A_CHARACTER + limits.pages * _BYTES_A_PAGE + 4096
    answer = child.stdout.read(most + 1)
    if len(answer) > most:
        child.kill()
    return answer, child.wait()


def _end(child: subprocess.Popen[bytes], late: Event) -> None:
    late.set()
    child.kill()


def _parse(answer: bytes) -> Extracted:
    state, sentence, pages = json.loads(answer)
    return Extracted(State(state), sentence, tuple(Page(label, text) for label, text in pages))


def _fallen(path: Path, ending: int, complaints: IO[bytes]) -> Extracted:
    complaints.seek(0)
    logger.warning("reading %s ended with %s: %s", path, ending, complaints.read()[-2000:].decode("utf-8", "replace"))
    return refusal(_ENDINGS.get(ending, State.DAMAGED))
