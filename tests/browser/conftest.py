"""A real Chromium against a real server process on a freshly seeded demo."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
SWITCHES = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def site_on(port: int) -> list[str]:
    """The command that serves the site, with `site` and the root on the path of Python."""
    granian = str(Path(sys.executable).parent / "granian")
    options = ["--interface", "wsgi", "--http", "1", "--no-ws", "--blocking-threads", "4", "--log-level", "warning"]
    return [granian, *options, "--host", "127.0.0.1", "--port", str(port), "config.wsgi:application"]


@dataclass
class Server:
    """The site on the seeded demo, as `make run` starts it."""

    environment: dict[str, str]
    port: int
    process: subprocess.Popen | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        environment = {**self.environment, "SITE_URL": self.address, "PYTHONPATH": "site:."}
        self.process = subprocess.Popen(site_on(self.port), cwd=ROOT, env=environment, start_new_session=True)
        wait_for(self.address)

    def kill(self) -> None:
        """As a machine dies: master and workers at once, nothing is written first."""
        assert self.process
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(20)

    def stop(self) -> None:
        assert self.process
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of processes on a demo county with a database of its own."""
    environment = {**os.environ, "VAR_DIR": str(tmp_path_factory.mktemp("var")), "DJANGO_SETTINGS_MODULE": "config.settings.local"}
    environment.pop("DATABASE_URL", None)
    for command in (["migrate", "-v0"], ["collectstatic", "-v0", "--noinput"], ["seed_demo"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)
    return environment


@pytest.fixture(scope="session")
def site(seeded: dict[str, str]) -> Iterator[str]:
    server = Server(seeded, free_port())
    try:
        server.start()
        yield server.address
    finally:
        server.stop()


def wait_for(address: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            urlopen(f"{address}/healthz", timeout=2)
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the server did not answer within a minute")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    assert Path(chromium).exists(), f"{chromium} is missing: run `make services`"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser, site: str) -> Iterator[BrowserContext]:
    made = browser.new_context(base_url=site, locale="zh-CN", viewport={"width": 1280, "height": 900})
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def page_without_script(browser: Browser, site: str) -> Iterator[Page]:
    made = browser.new_context(base_url=site, locale="zh-CN", java_script_enabled=False, viewport={"width": 360, "height": 740})
    yield made.new_page()
    made.close()


WAITING = """
from datetime import date
from django.contrib.auth import get_user_model
from openness.demo.reviews import Paper, _SIGNED_BY, _SPECIAL, _sent, record_paper, village_of_the_demo
clerk = get_user_model().objects.get(username="jingban")
text = _sent(village_of_the_demo(), _SPECIAL, "{title}", "旧水泵卖了，得一千二百元，已存入村集体账户。", clerk, date.today())
record_paper(text, clerk, Paper(_SIGNED_BY, date.today()))
print(text.pk)
"""


def run(seeded: dict[str, str], code: str) -> subprocess.CompletedProcess[str]:
    """Python within the demo, in a process of its own."""
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
    return subprocess.run(command, check=False, cwd=ROOT, env=seeded, capture_output=True, text=True)


@pytest.fixture
def to_approve(seeded: dict[str, str], request: pytest.FixtureRequest) -> int:
    """The number of a text of the test's own that waits for the township: what the demo itself has waiting stays there for others."""
    made = run(seeded, WAITING.format(title=f"处理旧水泵的收入公开 {request.node.name[-30:]}"))
    assert made.returncode == 0, made.stderr[-800:]
    return int(made.stdout)
