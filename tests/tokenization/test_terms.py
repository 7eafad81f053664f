"""Words are normalized into terms."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.languages import LANGUAGES, find_language
from summarize.tokenization.forms import load_stop_words
from summarize.tokenization.terms import find_terms, name_tokenizer
from summarize.tokenization.words import count_words


def terms_of(sentence, language="en"):
    terms = find_terms([sentence], find_language(language))
    return [terms.vocabulary[i] for i in terms.ids]


def test_terms_are_lowercase_stems_without_stop_words():
    assert terms_of("The Cats were running to the GARDENS.") == ["cat", "run", "garden"]


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("en", "nationality"),
        ("de", "häuser"),
        ("fr", "continuellement"),
        ("ru", "важнейшего"),
        ("ar", "المكتبات"),
        ("hi", "लड़कियों"),
        ("fi", "taloissa"),
        ("tr", "evlerinden"),
    ],
)
def test_stem_is_the_snowball_stem(language, word):
    import Stemmer

    stem = Stemmer.Stemmer(find_language(language).stemmer).stemWord
    assert terms_of(word, language) == [stem(unicodedata.normalize("NFC", word))]


def test_decomposed_accents_give_the_same_term():
    composed, apart = "élève naïve", unicodedata.normalize("NFD", "élève naïve")
    assert composed != apart
    assert terms_of(apart, "fr") == terms_of(composed, "fr")


@pytest.mark.parametrize(
    ("language", "written", "plain"),
    [
        ("en", "ﬁnancial", "financial"),
        ("de", "Auﬂage", "Auflage"),
        ("en", "oﬃce", "office"),
        ("fr", "Ｍａｉｓｏｎ", "maison"),
        ("en", "𝐁𝐫𝐢𝐝𝐠𝐞", "bridge"),
        ("en", "Congreſs", "Congress"),
        ("hr", "ǉudi", "ljudi"),
        ("en", "har\xadbour", "harbour"),
        ("de", "Schiff\xadfahrt", "Schifffahrt"),
        ("ru", "паро\xadход", "пароход"),
        ("de", "Auf\u200clage", "Auflage"),
        ("en", "light\u200bhouse", "lighthouse"),
        ("en", "light\u2060house", "lighthouse"),
        ("en", "light\ufeffhouse", "lighthouse"),
        ("en", "light\ufffehouse", "lighthouse"),
        ("he", "סְפִינָה", "ספינה"),
        ("he", "\u200fגשר\u200f", "גשר"),
        ("he", "הַמֶּלֶךְ", "המלך"),
        ("ar", "السَّفِينَةُ", "السفينة"),
        ("ar", "السفيـــنة", "السفينة"),
        ("ar", "ﺍﻟﻤﻴﻨﺎﺀ", "الميناء"),
        ("fa", "کِتاب", "کتاب"),
        ("ja", "ﾊﾞｽ", "バス"),
        ("ja", "ＧＰＵ", "gpu"),
        ("ko", "학교", "학교"),
        ("zh", "⽔⼒", "水力"),
        ("vi", unicodedata.normalize("NFD", "trường"), "trường"),
    ],
)
def test_form_of_a_letter_makes_no_other_term(language, written, plain):
    assert terms_of(written, language) == terms_of(plain, language) != []


@pytest.mark.parametrize(
    ("word", "term"),
    [("km²", "km²"), ("Office™", "offic"), ("naïve", "naïv"), ("5º", "5º")],
)
def test_letters_that_mean_something_else_are_kept(word, term):
    assert terms_of(word) == [term]


@pytest.mark.parametrize(
    ("text", "language", "term"),
    [
        ("The engine was over-\nhauled.", "en", "overhaul"),
        ("A pre-\r\ncaution.", "en", "precaut"),
        ("THE LIGHT-\nHOUSE BURNS.", "en", "lighthous"),
        ("Die Regie-\n  rung tagt.", "de", "regier"),
        ("La mai-\nson est vieille.", "fr", "maison"),
        ("Il cami-\nno è lungo.", "it", "camin"),
        ("Новый паро\u2010\nход.", "ru", "пароход"),
        ("The light\xad\nhouse.", "en", "lighthous"),
        ("The light\ufffe\nhouse.", "en", "lighthous"),
    ],
)
def test_word_divided_at_the_end_of_a_line_is_one_term(text, language, term):
    assert term in terms_of(text, language)


@pytest.mark.parametrize(
    ("text", "language", "terms"),
    [
        ("Rhein-\nMain", "de", ["rhein", "main"]),
        ("Haupt-\nund Nebenstraße", "de", ["haupt", "nebenstrass"]),
        ("deep-\nwater, deep-water", "en", ["deep", "water", "deep", "water"]),
        ("ferry-\nboat, a ferry, a boat", "en", ["ferri", "boat", "ferri", "boat"]),
        ("1990-\n1995", "en", ["1990", "1995"]),
        ("the ferry -\nslow", "en", ["ferri", "slow"]),
    ],
)
def test_hyphen_of_a_compound_at_the_end_of_a_line_divides_terms(text, language, terms):
    assert terms_of(text, language) == terms


@pytest.mark.parametrize("text", ["a" * 200_000, "a-" * 100_000, "a-\n" * 60_000, "-\n" * 100_000])
def test_hyphens_take_linear_time(text):
    import time

    start = time.process_time()
    terms_of(text + "\n")
    assert time.process_time() - start < 2


def test_elided_article_is_removed():
    assert terms_of("l'homme", "fr") == terms_of("homme", "fr")
    assert terms_of("dell’arte", "it") == terms_of("arte", "it")


def test_turkish_dotless_i_is_kept():
    assert terms_of("ISPARTA", "tr")[0].startswith("ı")
    assert terms_of("İZMİR", "tr") == terms_of("izmir", "tr")


def test_azerbaijani_dotless_i_is_kept_although_it_has_no_entry():
    assert terms_of("QIZIL", "az") == ["qızıl"]


@pytest.mark.parametrize("contraction", ["it's", "they’re", "don't", "we've", "I'll"])
def test_contraction_of_a_stop_word_is_a_stop_word(contraction):
    assert terms_of(contraction) == []


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_every_language_has_a_tokenizer_with_a_name(code):
    entry = LANGUAGES[code]
    assert name_tokenizer(entry)
    assert len(find_terms(["Abc 123 абв", ""], entry).offsets) == 3
    assert bool(load_stop_words(entry)) == bool(entry.stop_words)


@given(
    st.lists(st.text(max_size=40), max_size=6),
    st.sampled_from(["en", "fr", "tr", "zh", "th", "ar", "ko", "hi"]),
)
def test_terms_are_numbered_by_first_appearance(sentences, code):
    terms = find_terms(sentences, find_language(code))
    assert list(dict.fromkeys(terms.ids.tolist())) == list(range(len(terms.vocabulary)))
    assert terms.offsets[0] == 0 and terms.offsets[-1] == len(terms.ids)
    assert terms.n_words.tolist() == count_words(sentences, find_language(code))
