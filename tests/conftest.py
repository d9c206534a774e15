from hypothesis import settings

from tests.browser import browser

__all__ = ["browser"]

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")
