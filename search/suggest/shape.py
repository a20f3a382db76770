"""How alike two words look."""


def shared(one: str, other: str) -> int:
    """How many characters stand at the same place."""
    return sum(left == right for left, right in zip(one, other, strict=False))


def one_apart(typed: str, word: str) -> bool:
    """One character more, less or other, or two neighbours swapped, in words of at least four.

    Something more around the whole word is not a mistake, but more to say.
    """
    longer, shorter = sorted((typed, word), key=len, reverse=True)
    if len(longer) < 4 or word in typed:
        return False
    if len(longer) == len(shorter):
        return _other_or_swapped(typed, word)
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))


def _other_or_swapped(typed: str, word: str) -> bool:
    places = [place for place, (left, right) in enumerate(zip(typed, word, strict=True)) if left != right]
    if len(places) == 2 and places[1] == places[0] + 1:
        return typed[places[0]] == word[places[1]] and typed[places[1]] == word[places[0]]
    return len(places) == 1
