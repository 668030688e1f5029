"""A visitor who comes half a second later, when every process has asked whether the public pages have changed."""

from typing import Any

from bs4 import BeautifulSoup

from tests.visitor import Visitor


class LaterVisitor(Visitor):
    def get(self, path: str, status: int = 200, **kwargs: Any) -> BeautifulSoup:
        self.client.application.extensions["public_revision"].forget()
        return super().get(path, status, **kwargs)
