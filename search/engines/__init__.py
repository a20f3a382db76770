from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from .base import Engine, EngineAway

__all__ = ["Engine", "EngineAway", "engine"]


def engine() -> Engine:
    """The engine that SEARCH_URL names."""
    return _engine_at(settings.SEARCH_URL, settings.SEARCH_SIZE)


@lru_cache(maxsize=4)
def _engine_at(url: str, size: str) -> Engine:
    scheme = urlsplit(url).scheme
    if scheme == "embedded":
        from .embedded import EmbeddedEngine

        return EmbeddedEngine(Path(url.removeprefix("embedded://")))
    if scheme in {"http", "https"}:
        from .elastic import SIZES, ElasticEngine

        if size not in SIZES:
            raise ImproperlyConfigured(f"SEARCH_SIZE: {size!r} is none of {', '.join(SIZES)}")
        address = urlsplit(url)
        return ElasticEngine(f"{scheme}://{address.netloc}", address.path.strip("/") or "openness", size=size)
    raise ImproperlyConfigured(f"SEARCH_URL: no engine for {scheme!r}; use embedded:///a/folder or http://host:9200/prefix")
