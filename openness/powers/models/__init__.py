from .adjustment import Adjustment, Change
from .entry import Matter, PowerEntry
from .power_list import Kind, ListVersion, PowerList
from .upload import PowerUpload

__all__ = ["Adjustment", "Change", "Kind", "ListVersion", "Matter", "PowerEntry", "PowerList", "PowerUpload"]
