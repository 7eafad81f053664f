"""Measure the package: run ``python -m benchmarks`` for a list of the benchmarks."""
