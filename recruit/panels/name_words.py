"""Words in names that need care when names are hidden."""

PARTICLES = frozenset(
    """
    ab al ap bin bint da de del della den der di dr du el ibn la le miss mr mrs ms of ter the van von
    """.split()  # noqa: SIM905  a list of words reads best as words
)
"""Parts of names that are no name by themselves."""

COMMON = frozenset(
    """
    angel april august autumn baker banks best bishop black booth bright brook brooks brown bush butler
    carter case chance chase child church clay cook court cross daisy dale dawn day dean drew dunn faith
    field fields ford forest foster fox frank free gale gay gene gill glen good grace grant gray green grey
    guy hall hands harmony heath hill holiday holly hood hope house hunt iris ivy jack jay joy june justice
    key king knight lake lane lily love major mark marsh mason max may mercy merry miles miller moor nick
    noble north page park parker pat patience peace pearce poppy porter price pride prince ray read reed rich
    rob robin rock root rose ruby rush sage sands self serene sharp short singer small star stone strong sue
    summer sunny swift terry trust victor violet wade walker wall ward waters way west white will wise wood
    woods worker young
    """.split()  # noqa: SIM905  a list of words reads best as words
)
"""Names that are also common words, in what people write about work with children above all."""
