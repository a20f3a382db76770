"""Invented numbers with right check digits: counties that do not exist, ranges of telephones and cards that nobody was given."""

from random import Random

from openness.disclosures.rules.personal import is_bank_card, is_identity_number

PROVINCES = ("11", "13", "21", "22", "23", "32", "37", "41", "44", "51", "53", "61", "65")
RANGES = ("140", "142", "143", "154", "160", "161", "163", "164", "168", "169", "179")


def region(random: Random) -> str:
    return random.choice(PROVINCES) + "99" + f"{random.randint(90, 99)}"


def day(random: Random, first: int = 1930, last: int = 2016) -> str:
    return f"{random.randint(first, last)}{random.randint(1, 12):02d}{random.randint(1, 28):02d}"


def identity(random: Random, ending: str = "") -> str:
    """With `ending` one whose check sign is that."""
    while True:
        body = region(random) + day(random) + f"{random.randint(1, 999):03d}"
        number = body + identity_check(body)
        if number.endswith(ending):
            return number


def identity_check(body: str) -> str:
    return next(sign for sign in "0123456789X" if is_identity_number(body + sign))


def wrong_identity(random: Random) -> str:
    """The check sign of another number."""
    number = identity(random)
    return number[:17] + random.choice([sign for sign in "0123456789X" if sign != number[17]])


def old_identity(random: Random) -> str:
    return region(random) + day(random, 1930, 1999)[2:] + f"{random.randint(1, 999):03d}"


def mobile(random: Random) -> str:
    return random.choice(RANGES) + f"{random.randint(0, 99_999_999):08d}"


def card(random: Random, length: int = 19) -> str:
    body = "629999" + "".join(str(random.randint(0, 9)) for _place in range(length - 7))
    return next(body + sign for sign in "0123456789" if is_bank_card(body + sign))


def wrong_card(random: Random, length: int = 19) -> str:
    number = card(random, length)
    return number[:-1] + random.choice([sign for sign in "0123456789" if sign != number[-1]])


def digits(random: Random, count: int) -> str:
    return "".join(str(random.randint(0, 9)) for _place in range(count))
