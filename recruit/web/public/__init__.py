"""What everybody can see: vacancies, and the pages about working here."""

from recruit.web.public import (
    alerts,
    alerts_kept,
    feed,
    files,
    home,
    news,
    pages,
    pay_points,
    sitemap,
    teams,
    vacancies,
    welcome,
    welcome_check,
    your_pay,
)
from recruit.web.public.blueprint import blueprint

__all__ = [
    "alerts",
    "alerts_kept",
    "blueprint",
    "feed",
    "files",
    "home",
    "news",
    "pages",
    "pay_points",
    "sitemap",
    "teams",
    "vacancies",
    "welcome",
    "welcome_check",
    "your_pay",
]
