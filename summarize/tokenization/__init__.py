"""Find the words of a sentence and normalize them into terms; count words and model tokens."""
