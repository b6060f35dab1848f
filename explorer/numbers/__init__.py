"""How numbers are spelt: from text to Python numbers and blocks of cells. Knows neither torch nor Qt."""
