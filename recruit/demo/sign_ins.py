"""Who can sign in to the demonstration.  Imports next to nothing: `recruit.start` tells people each time."""

from recruit.rules.access import Role

ACCOUNTS = {
    "candidate@demo.example": ("Cassidy Fernsby", (Role.CANDIDATE,)),
    "recruiter@demo.example": ("Rowan Coldbeck", (Role.RECRUITER,)),
    "hr@demo.example": ("Harper Netherby", (Role.HR,)),
    "panel.one@demo.example": ("Perrin Osgodby", (Role.PANEL,)),
    "panel.two@demo.example": ("Paloma Quayle", (Role.PANEL,)),
    "safeguarding@demo.example": ("Sage Whinfell", (Role.SAFEGUARDING,)),
    "admin@demo.example": ("Adair Lowmoor", (Role.ADMIN,)),
}
THIRD_MEMBER = ("panel.three@demo.example", "Peregrine Skelton", (Role.PANEL,))
SECOND_ADMINISTRATOR = ("admin.two@demo.example", "Ainsley Thornaby", (Role.ADMIN,))
COLLEAGUE = ("hr.two@demo.example", "Hollis Ravensworth", (Role.HR,))
