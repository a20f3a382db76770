"""What was meant by the words: question words, places, and the words that documents use for the same thing."""

from .reading import NOTHING, Understanding, understand

__all__ = ["NOTHING", "Understanding", "understand"]
