"""Charts as frozen values: words and coordinates, drawn by the components."""
