"""What other apps may need to hear of the tree."""

from django.dispatch import Signal

# Sent inside the transaction of the change, with `paths`: treebeard paths of units renamed, moved or put out of use.
# Added units have nothing published yet: they are not in `paths`, which may be empty.
# Everything published below these paths shows the unit's name or place and has to be indexed again.
units_changed = Signal()
