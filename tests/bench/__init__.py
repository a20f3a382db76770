"""Speed, measured: `make bench`. Numbers mean something as ratios within one run; no test depends on them."""
