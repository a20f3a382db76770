import pytest

from openness.disclosures.extraction import Limits

MEGABYTE = 1 << 20


@pytest.fixture
def limits():
    def make(**changes) -> Limits:
        values = {
            "file_bytes": 50 * MEGABYTE,
            "unpacked_bytes": 200 * MEGABYTE,
            "characters": 200_000,
            "pages": 2_000,
            "memory_bytes": 512 * MEGABYTE,
            "cpu_seconds": 20,
            "seconds": 30,
        }
        return Limits(**{**values, **changes})

    return make
