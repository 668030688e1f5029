"""`make bench`: how fast the pages are, as ratios to a bare one-line page on the same server in the same run."""
