"""Writing a report: PDF, workbook, and both safely to disk."""
