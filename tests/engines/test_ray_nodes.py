"""Jobs on Ray that lose a machine of the cluster."""

from __future__ import annotations

import json

import pytest

from summarize import Settings
from summarize.batch.many import summarize_one
from summarize.engines.ray_data import summarize_on_ray
from summarize.outputs.records import hash_content, make_record
from summarize.settings import resolve

pytest.importorskip("ray.data", reason="the extra test-engines is not installed")
# Ray raises deprecation warnings about its own defaults.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:ray")


@pytest.fixture
def cluster():
    import ray
    from ray.cluster_utils import Cluster

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    cluster.add_node(num_cpus=1)
    ray.init(address=cluster.address, log_to_driver=False)
    yield cluster
    ray.shutdown()
    cluster.shutdown()


def test_killed_node_neither_loses_nor_repeats_records(tmp_path, cluster):
    nodes = tmp_path / "nodes"
    nodes.mkdir()

    def slow_lead(document):
        import time

        import numpy
        import ray

        (nodes / ray.get_runtime_context().get_node_id()).touch()
        # Work slowly until the second node, which may take long to start, has some of the work.
        time.sleep(0.02 if len(list(nodes.iterdir())) > 1 else 0.2)
        return -numpy.arange(len(document), dtype=float)

    texts = [f"The harbour froze {i} times. Ships waited. It opened on day {i}." for i in range(300)]
    table = tmp_path / "table.jsonl"
    table.write_text("".join(json.dumps({"id": i, "text": text}) + "\n" for i, text in enumerate(texts)))
    settings = Settings(length=1, ranker=slow_lead)
    running = summarize_on_ray([str(table)], str(tmp_path / "out"), settings, shard_bytes=500)
    shards = []
    while not shards or len(list(nodes.iterdir())) < 2:
        shards.append(next(running))
    (lost,) = cluster.worker_nodes
    assert sum(shard.documents for shard in shards) < 250, "too little work was left for the node to lose any"
    cluster.remove_node(lost, allow_graceful=False)
    shards += running
    assert sum(shard.documents for shard in shards) == 300
    paths = sorted((tmp_path / "out").glob("part-*"))
    assert [path.name for path in paths] == sorted(shard.name for shard in shards)
    records = [json.loads(line) for path in paths for line in path.read_text().splitlines()]
    assert [record["id"] for record in records] == list(range(300))
    lead = Settings(length=1, ranker="lead")
    for record, text in zip(records, texts, strict=True):
        expected = make_record(
            summarize_one(record["source"], text, resolve(lead)),
            id=record["id"],
            content_hash=hash_content(text),
        )
        assert record["summary"] == expected["summary"]
        assert record["hash"] == expected["hash"]
