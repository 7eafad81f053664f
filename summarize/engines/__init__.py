"""Engines that people run already, and what to plug into them.

`summarize.engines.frames` works on any batch of rows (Ray Data, pandas, pyarrow), `summarize.engines.spark`
on Spark's data frames, `summarize.engines.ray_data` is a whole job on a Ray cluster. Each is imported where
it is used, and with it the package that it plugs into; nothing here is imported by ``import summarize``.
"""
