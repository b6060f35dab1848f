"""How a frame is put on a page: style, fitting, cells, text."""
