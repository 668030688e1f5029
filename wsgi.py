"""The application for any WSGI server and for `flask --app wsgi`."""

from recruit.app import create_app

app = create_app()
