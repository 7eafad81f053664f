"""What the package is measured with; ``python -m benchmarks.<name>``."""
