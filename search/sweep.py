"""The continuous comparison: page by page over everything ever queued, index against database, repaired through the outbox.

A page is a thousand rows; the position is kept in the database, so that a worker that starts again goes on where it was.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from .engines.base import Engine
from .models import Entry, Run
from .outbox import touch
from .rebuild import compare, repair
from .registry import registry

PAGE = 1000
REST = timedelta(hours=1)  # between two rounds


def sweep_step(engine: Engine, size: int = PAGE) -> bool:
    """Compare the next page.

    Returns:
        Whether there was something to do: False while the last round is recent.

    Raises:
        EngineAway: nothing is lost, the same page comes again.
    """
    run = _round()
    if run is None:
        return False
    rows = list(Entry.objects.filter(pk__gt=run.position).order_by("pk")[:size])
    if rows:
        _compare_page(engine, run, rows)
    else:
        _finish(engine, run)
    return True


def _round() -> Run | None:
    """The round that is under way, or a new one if the last ended long enough ago."""
    last = Run.objects.filter(kind=Run.Kind.SWEEP).order_by("-started_at").first()
    if last is not None:
        if last.ended_at is None:
            return last
        if last.ended_at > timezone.now() - REST:
            return None
    return Run.objects.create(kind=Run.Kind.SWEEP, started_at=timezone.now())


def _compare_page(engine: Engine, run: Run, rows: Sequence[Entry]) -> None:
    """Rows that wait are not compared: the worker brings them up to date anyway."""
    settled = [row for row in rows if not row.pending]
    found = _differences(engine, settled)
    unchanged = _still(settled)
    for kinds in found.values():
        kinds[:] = [row for row in kinds if row.pk in unchanged]
    for row in (row for kinds in found.values() for row in kinds):
        touch(row.kind, [row.key])
    counted = {name: F(name) + len(kinds) for name, kinds in found.items()}
    Run.objects.filter(pk=run.pk).update(position=rows[-1].pk, documents=F("documents") + len(settled), **counted)


def _differences(engine: Engine, rows: Sequence[Entry]) -> dict[str, list[Entry]]:
    """Rows whose document is missing, is a ghost, or is stale."""
    public: dict[str, str] = {}
    for kind in {row.kind for row in rows} & registry.kinds.keys():
        built = registry.kinds[kind].build([row.key for row in rows if row.kind == kind])
        public |= {document.uid: document.digest() for document in built.values()}
    indexed = engine.digests_of([_uid(row) for row in rows])
    found: dict[str, list[Entry]] = {"missing": [], "ghosts": [], "stale": []}
    for row in rows:
        here, there = public.get(_uid(row)), indexed.get(_uid(row))
        if here != there:
            found["missing" if there is None else "ghosts" if here is None else "stale"].append(row)
    return found


def _uid(row: Entry) -> str:
    return f"{row.kind}:{row.key}"


def _still(rows: Sequence[Entry]) -> set[int]:
    """Rows that nobody touched while they were compared."""
    before = {row.pk: row.version for row in rows}
    now = Entry.objects.filter(pk__in=before, pending=False).values_list("pk", "version")
    return {pk for pk, version in now if before[pk] == version}


def _finish(engine: Engine, run: Run) -> None:
    """What was never queued, as after a restore of one side, shows in the counts; then everything is compared at once."""
    run.refresh_from_db()
    public = sum(kind.public_count() for kind in registry.kinds.values())
    if engine.count() != public and not Entry.objects.filter(pending=True).exists():
        differences = compare(engine)
        repair(differences)
        run.missing += len(differences.missing)
        run.ghosts += len(differences.ghosts)
        run.stale += len(differences.stale)
    run.ended_at = timezone.now()
    run.save()
