from .batch import Batch, BatchText
from .bundle import Bundle, BundleText
from .posting import Act, Posting

__all__ = ["Act", "Batch", "BatchText", "Bundle", "BundleText", "Posting"]
