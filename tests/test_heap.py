"""The heap of a server is set apart before its first request."""

import gc

from config.heap import freeze_heap


def test_what_is_loaded_is_set_apart_and_what_comes_later_is_not():
    try:
        frozen = freeze_heap()
        later = [[] for _ in range(100)]
        assert frozen > 50_000
        assert gc.get_freeze_count() == frozen
        assert any(one is later for one in gc.get_objects())
    finally:
        gc.unfreeze()
