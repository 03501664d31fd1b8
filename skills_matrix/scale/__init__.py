"""The matrix of more people than one process should hold: the same engine, partition by partition.

`export` writes the facts of whole sections as Parquet, `parts` derives one partition, `engines`
runs the partitions here or on a Dask cluster. Nothing of the office's own pages needs this.
"""
