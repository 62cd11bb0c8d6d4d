"""Reading files back: a PDF or XLSX as any reader sees it, named by a layout, becomes a Report again."""
