"""Two tables side by side in one sheet become two grids."""

from collections.abc import Sequence
from dataclasses import replace

from .grid import Cell, Grid
from .words import meaning

_LOOK_ROWS = 40


def side_by_side(grid: Grid) -> list[Grid]:
    """Cut a grid before each further 序号 column of its header; most grids come back whole."""
    starts = _starts(grid)
    if len(starts) < 2:
        return [grid]
    ends = [*starts[1:], grid.width]
    return [_part(grid, start, end) for start, end in zip([0, *starts[1:]], ends, strict=True)]


def _starts(grid: Grid) -> list[int]:
    for row in grid.rows[:_LOOK_ROWS]:
        starts = [column for column, cell in enumerate(row) if cell.left == column and meaning(cell.text) == "seq"]
        if len(starts) >= 2 and _all_name_items(row, starts):
            return starts
    return []


def _all_name_items(row: Sequence[Cell], starts: list[int]) -> bool:
    parts = [row[start:end] for start, end in zip(starts, [*starts[1:], len(row)], strict=True)]
    return all(any(meaning(cell.text) in ("item", "level1") for cell in part) for part in parts)


def _part(grid: Grid, start: int, end: int) -> Grid:
    rows = tuple(
        tuple(replace(cell, left=max(cell.left - start, 0), width=min(cell.width, end - start)) for cell in row[start:end])
        for row in grid.rows
    )
    return replace(grid, rows=rows)
