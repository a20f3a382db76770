"""How much a file may hold. Far above a county's year, far below what hurts the machine. Measured in docs/imports.md."""

MOST_BYTES = 32 * 1024 * 1024
MOST_UNPACKED_BYTES = 200 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 60
MOST_CELL_CHARACTERS = 100_000
MOST_DEPTH = 40  # of JSON

BATCH = 200  # rows a transaction
UNDO_MINUTES = 60
