"""What other apps may need to hear of catalogues."""

from django.dispatch import Signal

# Sent inside the transaction that brings a version into force, with `standard`.
standard_confirmed = Signal()
