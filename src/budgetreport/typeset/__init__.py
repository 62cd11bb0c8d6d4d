"""A Report onto pages: fonts, lines, grids and pages make the page model. Knows nothing of PDF.

Who only asks the fonts for a character (every command that reads an input does) loads nothing else of it.
"""
