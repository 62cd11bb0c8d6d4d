"""Builds that are killed, refused and crowded: `make torture`, and a short run among the tests.

What must hold is in scene.py. POSIX only: it forks, and sends signals.
"""
