"""Random histories of publishing, withdrawing, subscribing, confirming, running, crashing, and an engine that is away: every subscriber gets
each public thing once, a second time only after a crash, and nothing that was withdrawn before the letter went. The mail server is a real one.
"""

import re
import shutil
import tempfile
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import QueryDict
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from openness.disclosures.models import Disclosure
from openness.disclosures.services.take_down import withdraw
from openness.subscriptions.models import Subscription
from openness.subscriptions.services import arrivals, post
from openness.subscriptions.services import plan as planning
from openness.subscriptions.services.plan import plan
from openness.subscriptions.services.subscribe import ask, confirm, stop
from search import following
from search.engines.base import EngineAway
from search.engines.embedded import EmbeddedEngine
from search.query import parse
from search.worker import drain_all
from tests.conftest import make_item, plant_tree
from tests.subscriptions.conftest import Mailbox, mailbox, morning, text_of  # noqa: F401  (a fixture)

_WORDS = ("低保", "宅基地")
_PEOPLE = ("li@example.com", "wang@example.com")
Who = tuple[str, str]


class Killed(BaseException):
    """The process ends here."""


class _Away:
    def __getattr__(self, name: str) -> Any:
        raise EngineAway("away")


class History(RuleBasedStateMachine):
    """The model: for each subscription what it has to hear of, and which letter named what."""

    box: Mailbox

    def __init__(self) -> None:
        super().__init__()
        self.point = transaction.savepoint()
        self.day, self.away, self.read = 0, False, len(self.box.taken)
        self.public: set[int] = set()
        self.all: dict[int, str] = {}
        self.owed: dict[Who, set[int]] = {}
        self.letters: dict[Who, dict[str, set[int]]] = {}
        self.sent: Counter[str] = Counter()
        self.crashed: set[str] = set()
        tree = plant_tree()
        self.village, self.item = tree["搜登站村"], make_item()
        self.reviewer = get_user_model().objects.create_superuser("reviewer", "r@example.org", "x")
        self.folder = Path(tempfile.mkdtemp())
        self.engine = EmbeddedEngine(self.folder)
        planning.engine = lambda: _Away() if self.away else self.engine  # type: ignore[assignment,return-value]

    # ---- what people do ------------------------------------------------------------------------------------------

    @rule(word=st.sampled_from(_WORDS))
    def publish(self, word: str) -> None:
        words = [("text", f"<p>这是{word}的情况，一共两户。</p>")]
        made = Disclosure(
            unit=self.village, item=self.item, title=f"{word}第{len(self.all)}条", live=False, formed_on=date(2026, 1, 5), body=words
        )
        made.save()
        made.save_revision().publish(user=self.reviewer)
        self.all[made.pk] = word
        self._now_public(made.pk)

    def _now_public(self, key: int) -> None:
        self.public.add(key)
        for (_person, word), owed in self.owed.items():
            if word in ("", self.all[key]):
                owed.add(key)

    @rule(pick=st.integers(0, 30))
    def take_down(self, pick: int) -> None:
        if self.public:
            key = sorted(self.public)[pick % len(self.public)]
            withdraw(Disclosure.objects.get(pk=key), self.reviewer, "写错了")
            self.public.discard(key)

    @rule(pick=st.integers(0, 30), correct=st.booleans())
    def bring_back_or_correct(self, pick: int, correct: bool) -> None:
        keys = sorted(self.public if correct else self.all.keys() - self.public)
        if keys:
            made = Disclosure.objects.get(pk=keys[pick % len(keys)])
            made.change_note = "写对了"
            made.save_revision().publish(user=self.reviewer)
            if not correct:
                self._now_public(made.pk)

    @rule(person=st.sampled_from(_PEOPLE), word=st.sampled_from(("", *_WORDS)))
    def subscribe_and_confirm(self, person: str, word: str) -> None:
        if (person, word) not in self.owed:
            ask(parse(QueryDict(f"q={word}")), person, "daily")
            drain_all(self.engine)
            confirm(self._subscription(person, word))
            self.owed[person, word], self.letters[person, word] = set(), defaultdict(set)

    def _subscription(self, person: str, word: str) -> Subscription:
        address = following.address_of(parse(QueryDict(f"q={word}")))
        return Subscription.objects.select_related("subscriber").get(subscriber__address=person, followed__address=address)

    @rule(pick=st.integers(0, 10))
    def unsubscribe(self, pick: int) -> None:
        if self.owed:
            who = sorted(self.owed)[pick % len(self.owed)]
            stop(self._subscription(*who))
            del self.owed[who], self.letters[who]

    # ---- what the machines do ------------------------------------------------------------------------------------

    @rule()
    def index(self) -> None:
        drain_all(self.engine)

    @rule(away=st.booleans())
    def engine_goes_and_comes(self, away: bool) -> None:
        self.away = away

    @rule()
    def look(self) -> None:
        arrivals.look()

    @rule(kill=st.sampled_from(("", "", "letter", "_sent")))
    def a_day_passes(self, kill: str) -> None:
        self.day += 1
        plan(morning(self.day))
        self._send(morning(self.day), kill)

    @rule(kill=st.sampled_from(("", "letter", "_sent")))
    def send_later(self, kill: str) -> None:
        self._send(morning(self.day) + timedelta(minutes=11), kill)

    def _send(self, at: Any, kill: str) -> None:
        """`kill` names what the process is killed at: before the server has the letter, or after."""
        with pytest.MonkeyPatch.context() as patch:
            if kill:
                patch.setattr(post, kill, _killed)
            try:
                post.deliver(at)
            except Killed:
                if kill == "_sent":
                    self.crashed.add(self.box.taken[-1][1]["Message-ID"])
        for person, letter in self.box.taken[self.read :]:
            self._read(person, letter)
        self.read = len(self.box.taken)

    def _read(self, person: str, letter: Any) -> None:
        if letter["List-Id"] is None:
            return
        word = next((one for one in _WORDS if f"含“{one}”" in letter["Subject"]), "")
        keys = {int(key) for key in re.findall(r"/d/(\d+)/", text_of(letter))}
        assert keys <= self.public, "what was withdrawn is in a letter"
        assert keys
        self.letters[person, word][letter["Message-ID"]] |= keys
        self.sent[letter["Message-ID"]] += 1

    # ---- what must hold ------------------------------------------------------------------------------------------

    @invariant()
    def nothing_is_told_twice_but_after_a_crash(self) -> None:
        assert all(number == 1 for name, number in self.sent.items() if name not in self.crashed)
        assert sum(number - 1 for number in self.sent.values()) <= len(self.crashed) * 9
        for letters in self.letters.values():
            told = Counter(key for name, keys in letters.items() if name not in self.crashed for key in keys)
            assert set(told.values()) <= {1}

    def teardown(self) -> None:
        """In the end the engine is there and days pass: everybody has everything that is public and was owed."""
        try:
            self.away = False
            for _day in range(2):
                drain_all(self.engine)
                self.a_day_passes(kill="")
                self.send_later(kill="")
            for who, owed in self.owed.items():
                heard = set().union(*self.letters[who].values())
                assert owed & self.public <= heard, f"{who} was not told"
            self.nothing_is_told_twice_but_after_a_crash()
        finally:
            transaction.savepoint_rollback(self.point)
            shutil.rmtree(self.folder, ignore_errors=True)


def _killed(*_args: Any) -> None:
    raise Killed


@pytest.mark.django_db
def test_everybody_is_told_once(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch):  # noqa: F811
    monkeypatch.setattr(arrivals, "_SETTLED", timedelta(0))
    monkeypatch.setattr(planning, "engine", planning.engine)  # set by each history, put back in the end
    History.box = mailbox
    run_state_machine_as_test(
        History, settings=settings(max_examples=12, stateful_step_count=22, deadline=None, suppress_health_check=list(HealthCheck))
    )
