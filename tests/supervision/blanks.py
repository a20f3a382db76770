"""Shared by the tests of acts: single cells, and a gateway that really listens."""

import json
import threading
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer

from openness.disclosures.services.places import town_and_county
from openness.supervision.models import Duty, LedgerField, Obligation

from .test_ledger import limited


def blank(unit, due_on: date, name="村级工程项目", period="2026-Q3", **columns) -> Obligation:
    """An open cell of a quarterly item."""
    field, _made = LedgerField.objects.get_or_create(name="村务公开")
    duty = Duty.objects.filter(item__level1=name).first()
    if duty is None:
        item = limited(name, "每季度的首个月20日")
        duty = Duty.objects.create(area="220204", key=item.key, item=item, field=field)
    town, county = town_and_county(unit.pk)
    days = {"opens_on": date(2020, 1, 1), "due_on": due_on}
    return Obligation.objects.create(
        unit=unit, duty=duty, item=duty.item, period=period, town_id=town, county_id=county, **{**days, **columns}
    )


class Gateway(HTTPServer):
    """Answers every POST with `status`, and keeps what came."""

    def __init__(self, status: int = 200) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status, self.came = status, []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/in"

    def payloads(self) -> list[dict]:
        return [json.loads(body) for _headers, body in self.came]


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.came.append((dict(self.headers), body))
        self.send_response(self.server.status)
        self.end_headers()

    def do_GET(self) -> None:
        self.server.came.append((dict(self.headers), self.path.encode()))
        self.send_response(404 if "gone" in self.path else self.server.status)
        self.end_headers()

    do_HEAD = do_GET

    def log_message(self, *args) -> None:
        """The tests' own output is enough."""


@contextmanager
def gateway(status: int = 200):
    server = Gateway(status)
    thread = threading.Thread(target=server.serve_forever, args=[0.02])
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
