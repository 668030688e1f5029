"""The field's own words for one thing, as data for `vocabulary`.

Each phrase is matched by its stems, so a plural, a possessive or a hyphen needs no line of its own.  A phrase may stand
under one idea only.
"""

SYNONYMS: dict[str, tuple[str, ...]] = {
    "social-work": (
        "social work", "social worker", "sw", "socialworker", "qualified social worker", "registered social worker",
        "qsw",
    ),
    "newly-qualified": (
        "newly qualified", "newly qualifying", "nqsw", "nqsws", "asye", "assessed and supported year",
        "assessed and supported year in employment", "early career", "graduate",
    ),
    "looked-after": (
        "looked after", "looked after child", "lac", "cla", "children looked after", "child in care",
        "children in our care", "cared for children", "care experienced children", "cic",
    ),
    "care-leavers": (
        "care leaver", "leaving care", "care leaving", "after care team", "pathway team",
        "care experienced young people",
    ),
    "personal-adviser": ("personal adviser", "personal advisor", "leaving care pa"),
    "front-door": (
        "mash", "multi agency safeguarding hub", "front door", "frontdoor", "single point of contact", "first contact",
    ),
    "reviewing-officer": ("iro", "iros", "independent reviewing officer", "independent reviewing service"),
    "child-protection": ("cp", "child protection", "cpc", "section 47", "s47"),
    "child-in-need": ("cin", "child in need", "section 17", "s17"),
    "disability": (
        "disability", "disabled", "disabled child", "child with disabilities",
        "special educational needs", "special needs", "sen", "cwd", "additional needs",
    ),
    "fostering": ("fostering", "foster care", "foster carer", "foster parent"),
    "kinship": (
        "kinship", "connected person", "connected carer", "family and friends carer", "family and friends care",
        "special guardianship",
        "special guardian", "sgo",
    ),
    "out-of-hours": ("edt", "edts", "emergency duty", "emergency duty team", "out of hours"),
    "exploitation": (
        "cse", "cce", "exploitation", "exploited", "child sexual exploitation", "child criminal exploitation",
        "child exploitation", "county lines", "contextual safeguarding",
    ),
    "asylum": (
        "uasc", "unaccompanied asylum seeking child", "unaccompanied child", "asylum seeking child", "asylum seeker",
        "separated child", "separated young people",
    ),
    "youth-justice": ("youth justice", "youth offending", "yot", "yjs"),
    "hybrid": (
        "hybrid", "home working", "homeworking", "working from home", "remote", "remote working",
        "agile working", "wfh",
    ),
    "term-time": ("term time", "term time only"),
    "fixed-term": ("fixed term", "temporary contract", "temporary post", "maternity cover"),
    "family-practitioner": ("family practitioner", "family support worker", "support worker", "social work assistant"),
    "family-support": ("family support", "early help", "early intervention"),
    "pre-proceedings": ("pre proceedings", "plo", "public law outline"),
    "senior": ("senior social worker", "senior practitioner"),
    "advanced": ("advanced practitioner", "advanced social work practitioner", "consultant social worker"),
    "assistant-manager": (
        "assistant team manager", "assistant manager", "deputy team manager", "deputy manager",
    ),
    "team-manager": ("team manager", "team leader"),
    "job-share": ("job share", "job sharing", "jobshare"),
    "part-time": ("part time", "parttime"),
    "full-time": ("full time", "fulltime"),
}  # fmt: skip

# Kept from the stemmer: plurals that it does not know, possessives as people type them, and "looked after", which is
# not "We look after our staff".
IRREGULAR = {
    "children": "child", "childrens": "child", "people": "person", "peoples": "person", "looked": "looked",
}  # fmt: skip

STOP_WORDS = (
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "it", "of", "on", "or", "our", "that",
    "the", "their", "this", "to", "we", "with", "you", "your",
)  # fmt: skip

QUERY_NOISE = (
    "job", "vacancy", "career", "position", "role", "post", "opportunity", "recruitment", "hiring", "employment",
    "salary", "council", "near", "me",
)  # fmt: skip
