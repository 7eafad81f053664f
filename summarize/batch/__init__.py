"""Summarize many documents: in chunks, in worker processes, with a journal to resume from."""
