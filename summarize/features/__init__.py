"""Turn a document into arrays for rankers and selectors."""
