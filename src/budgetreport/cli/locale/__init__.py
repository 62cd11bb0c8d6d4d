"""Chinese for click's own texts."""
