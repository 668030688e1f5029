"""The service with a page that fails as badly as one can: with what a person typed in every exception."""

from typing import NoReturn

from flask import request
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from recruit.accounts.models import User
from recruit.app import create_app
from recruit.core import clock
from recruit.core.db import db, writing

app = create_app()


@app.post("/breaks/<reference>")
def break_down(reference: str) -> NoReturn:
    name, email = request.form["name"], request.form["email"]
    account = {"email": email, "email_key": email, "name": name, "password_hash": name, "created_at": clock.now()}
    try:
        with writing():
            db.session.execute(insert(User).values(account))
            db.session.execute(insert(User).values(account))
    except IntegrityError as error:
        raise ValueError(f"{name} of {reference} is there twice") from error
    raise AssertionError("an account can be there twice")
