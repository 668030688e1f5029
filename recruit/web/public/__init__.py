"""What everybody can see: vacancies, and the pages about working here."""

from recruit.web.public import alerts, alerts_kept, feed, files, home, pages, sitemap, teams, vacancies
from recruit.web.public.blueprint import blueprint

__all__ = ["alerts", "alerts_kept", "blueprint", "feed", "files", "home", "pages", "sitemap", "teams", "vacancies"]
