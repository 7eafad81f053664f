"""Facts about words and terms."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.languages import LANGUAGES, find_language
from summarize.tokenization.dictionaries import find_bigrams
from summarize.tokenization.terms import (
    count_words,
    find_terms,
    load_stop_words,
    load_word_finder,
    name_tokenizer,
)

EN = find_language("en")


def terms_of(sentence, language="en"):
    terms = find_terms([sentence], find_language(language))
    return [terms.vocabulary[i] for i in terms.ids]


def test_terms_are_folded_stemmed_and_free_of_stop_words():
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
def test_stems_are_snowballs(language, word):
    import Stemmer

    stem = Stemmer.Stemmer(find_language(language).stemmer).stemWord
    assert terms_of(word, language) == [stem(unicodedata.normalize("NFC", word))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It costs 3.14 or 1,000 euros", ["it", "costs", "3.14", "or", "1,000", "euros"]),
        ("well-known, e-mail", ["well", "known", "e", "mail"]),
        ("don't rock’n’roll 'quoted'", ["don't", "rock’n’roll", "quoted"]),
        ("snake_case naïve Ångström", ["snake", "case", "naïve", "ångström"]),
    ],
)
def test_words_are_found(text, words):
    assert load_word_finder(EN)(text.lower()) == words


def test_accents_written_apart_make_the_same_term():
    composed, apart = "élève naïve", unicodedata.normalize("NFD", "élève naïve")
    assert composed != apart
    assert terms_of(apart, "fr") == terms_of(composed, "fr")


def test_vowel_signs_do_not_part_hindi_words():
    assert load_word_finder(find_language("hi"))("हिन्दी में") == ["हिन्दी", "में"]


def test_elided_articles_are_no_part_of_french_and_italian_words():
    assert terms_of("l'homme", "fr") == terms_of("homme", "fr")
    assert terms_of("dell’arte", "it") == terms_of("arte", "it")


def test_the_turkish_dotless_i_is_kept():
    assert terms_of("ISPARTA", "tr")[0].startswith("ı")
    assert terms_of("İZMİR", "tr") == terms_of("izmir", "tr")


@pytest.mark.parametrize("contraction", ["it's", "they’re", "don't", "we've", "I'll"])
def test_contractions_of_stop_words_are_stop_words(contraction):
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
def test_any_text_has_terms_numbered_by_first_appearance(sentences, code):
    terms = find_terms(sentences, find_language(code))
    assert list(dict.fromkeys(terms.ids)) == list(range(len(terms.vocabulary)))
    assert terms.offsets[0] == 0 and terms.offsets[-1] == len(terms.ids)
    assert terms.n_words == count_words(sentences, find_language(code))


@given(st.text(alphabet="ab c.\n\t,'", max_size=60))
def test_words_are_counted_as_wc_does(text):
    assert count_words([text], EN) == [len(text.split())]


def test_letters_count_where_words_are_not_parted():
    assert count_words(["我喜欢猫 cats 和狗。"], find_language("zh")) == [7]
    # Also where the language is not the one that was given.
    assert count_words(["我喜欢猫和狗，它们都很可爱，也很聪明。"], EN) == [16]


def test_pairs_of_letters_stand_for_words():
    assert find_bigrams("北京大学的gpu") == ["北京", "京大", "大学", "gpu"]
