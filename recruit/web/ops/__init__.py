"""Operations: is it alive, is it ready, how is it doing."""

from recruit.web.ops.views import blueprint

__all__ = ["blueprint"]
