"""Pages that staff write: versions of them, and the dated and sourced claims that they cite."""
