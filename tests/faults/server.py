"""An Elasticsearch server of one's own, to be killed and hung. No pytest here: the benchmark uses it too."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Server:
    """The real server in a folder of its own; its data outlive its process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def url(self) -> str:
        return (self.folder / "url").read_text(encoding="utf-8").strip()

    @property
    def pid(self) -> int:
        return int((self.folder / "pid").read_text(encoding="utf-8"))

    def prepare(self) -> None:
        _services("unpack-elasticsearch", self.folder)

    def start(self) -> None:
        """Returns when it answers, which takes some twenty seconds."""
        _services("boot-elasticsearch", self.folder)

    def kill(self) -> None:
        """As a machine dies: nothing is written first."""
        pid = self.pid
        if not self._is_ours(pid):
            return
        os.kill(pid, signal.SIGKILL)
        while self._is_ours(pid):
            time.sleep(0.02)

    def _is_ours(self, pid: int) -> bool:
        """After its end the number may be a stranger's; ours names its folder. A dead one that nobody has buried has no command line."""
        with suppress(OSError):
            return f"{self.folder}/" in Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8")
        return False

    def hang(self) -> None:
        """It keeps its port and takes connections, but never answers."""
        os.kill(self.pid, signal.SIGSTOP)

    def resume(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    def remove(self) -> None:
        if (self.folder / "pid").exists():
            self.kill()
        shutil.rmtree(self.folder)


@contextmanager
def own_server() -> Iterator[Server]:
    """A running server; process and folder are gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="openness-faults-", dir="/var/tmp"))
    folder.chmod(0o755)
    server = Server(folder)
    try:
        server.prepare()
        server.start()
        yield server
    finally:
        server.remove()


def _services(verb: str, folder: Path) -> None:
    subprocess.run([ROOT / "scripts" / "services", verb, str(folder)], check=True, cwd=ROOT, stdin=subprocess.DEVNULL)
