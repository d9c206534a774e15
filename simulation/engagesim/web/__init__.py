"""The browser application: a page, its server, and one process for each open page."""
