"""The application for any WSGI server and for `flask --app wsgi`."""

import sys

from recruit.app import create_app
from recruit.wrong_settings import STATUS, WrongSettings

try:
    app = create_app()
except WrongSettings as error:
    sys.stderr.write(f"{error}\n")
    sys.exit(STATUS)
