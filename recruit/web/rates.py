"""How often one network address may ask for what is costly."""

from flask import Flask, current_app
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, default_limits=[], headers_enabled=False)


def init_app(app: Flask) -> None:
    """Count searches; over the limit the answer is 429."""
    limiter.init_app(app)


def search_rate() -> str:
    """Return the setting, like "600 per minute"."""
    rate: str = current_app.config["SETTINGS"].search_rate
    return rate
