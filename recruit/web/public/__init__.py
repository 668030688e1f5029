"""What everybody can see: vacancies, and the pages about working here."""

from recruit.web.public import feed, files, home, pages, sitemap, teams, vacancies
from recruit.web.public.blueprint import blueprint

__all__ = ["blueprint", "feed", "files", "home", "pages", "sitemap", "teams", "vacancies"]
