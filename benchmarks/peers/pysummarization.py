"""Run pysummarization's frequency-based summarizer with its simple tokenizer."""

from __future__ import annotations


def frequency(text: str, language: str, words: int) -> list[str]:
    """Select the best sentences, one for every twenty words."""
    from pysummarization.abstractabledoc.top_n_rank_abstractor import TopNRankAbstractor
    from pysummarization.nlpbase.auto_abstractor import AutoAbstractor
    from pysummarization.tokenizabledoc.simple_tokenizer import SimpleTokenizer

    abstractor = AutoAbstractor()
    abstractor.tokenizable_doc = SimpleTokenizer()
    abstractor.delimiter_list = [".", "\n"]
    best = TopNRankAbstractor()
    best.top_n = max(1, words // 20)
    result: list[str] = abstractor.summarize(text, best)["summarize_result"]
    return result
