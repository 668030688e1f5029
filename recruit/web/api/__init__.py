"""The public read API: what the public pages say, for programs."""

from recruit.web.api.views import blueprint

__all__ = ["blueprint"]
