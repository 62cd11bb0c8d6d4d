"""Checks: rules, which are data in layouts/, judge a Report. One engine for what we built, read back, or were given."""
