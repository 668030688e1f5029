"""HR's other area: the vacancies that wait for approval.  Who reviews applications need not approve vacancies."""

from recruit.web.approvals import award, cancelling, changes, deciding, ends, reading, steps
from recruit.web.approvals.blueprint import blueprint

__all__ = ["award", "blueprint", "cancelling", "changes", "deciding", "ends", "reading", "steps"]
