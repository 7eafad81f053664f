"""Summarize with engines that run on clusters.

`summarize.engines.frames` works on batches of rows (Ray Data, pandas, pyarrow), `summarize.engines.spark` on
Spark's data frames, and `summarize.engines.ray_data` runs a whole job on a Ray cluster. ``import summarize``
imports none of them, and each of them imports the package of its engine only when it needs it.
"""
