"""The web server around the application: taking requests in, running the workers, keeping them alive.

Nothing here knows what the application is for, and nothing in the application knows this package: any WSGI server
behind a proxy that buffers requests can take its place.
"""
