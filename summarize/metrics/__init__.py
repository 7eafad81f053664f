"""Measure summaries: ROUGE, intrinsic metrics and the coverage curve."""
