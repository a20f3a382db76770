from .job import ImportJob, ImportUnit, Kind, Mode, Phase
from .mapping import ColumnMemory
from .row import ImportRow, RowState

__all__ = ["ColumnMemory", "ImportJob", "ImportRow", "ImportUnit", "Kind", "Mode", "Phase", "RowState"]
