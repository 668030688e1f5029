"""The addresses that the demonstration's accounts sign in with: production looks for them before it is ready."""

DEMO_ADDRESSES = (
    "admin@demo.example",
    "candidate@demo.example",
    "hr.two@demo.example",
    "hr@demo.example",
    "panel.one@demo.example",
    "panel.three@demo.example",
    "panel.two@demo.example",
    "recruiter@demo.example",
    "safeguarding@demo.example",
)
"""As an account's key has them: small letters.  recruit/demo makes one account for each, and a test compares."""
