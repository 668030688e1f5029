"""What everybody can see: vacancies, and the pages about working here."""

from recruit.web.public import files, home, pages, teams, vacancies
from recruit.web.public.blueprint import blueprint

__all__ = ["blueprint", "files", "home", "pages", "teams", "vacancies"]
