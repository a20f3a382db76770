from .posting import Act, Posting

__all__ = ["Act", "Posting"]
