"""Facts under a layout make a Report."""
