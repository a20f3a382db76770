"""What other apps may need to hear of publications."""

from django.dispatch import Signal

# Sent inside the transaction of the act, with `disclosures`: those that just got a receipt, `item.field.standard` loaded.
receipts_written = Signal()
