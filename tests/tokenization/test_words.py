"""Words are found and counted in every kind of script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.languages import find_language
from summarize.tokenization.words import count_words, load_word_finder

EN = find_language("en")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It costs 3.14 or 1,000 euros", ["it", "costs", "3.14", "or", "1,000", "euros"]),
        ("well-known, e-mail", ["well", "known", "e", "mail"]),
        ("don't rock’n’roll 'quoted'", ["don't", "rock’n’roll", "quoted"]),
        ("snake_case naïve Ångström", ["snake", "case", "naïve", "ångström"]),
    ],
)
def test_words_are_found_in_english(text, words):
    assert load_word_finder(EN)(text.lower()) == words


def test_vowel_signs_do_not_split_hindi_words():
    assert load_word_finder(find_language("hi"))("हिन्दी में") == ["हिन्दी", "में"]


@given(st.text(alphabet="ab c.\n\t,'", max_size=60))
def test_english_words_are_counted_like_wc(text):
    assert count_words([text], EN) == [len(text.split())]


def test_letters_count_as_words_in_unspaced_scripts():
    assert count_words(["我喜欢猫 cats 和狗。"], find_language("zh")) == [7]


def test_unspaced_letters_count_as_words_whatever_the_language():
    assert count_words(["我喜欢猫和狗，它们都很可爱，也很聪明。"], EN) == [16]


@pytest.mark.parametrize("code", ["en", "zh", "ko", "hi"])
@given(st.lists(st.text(max_size=40), max_size=4))
def test_known_stretches_do_not_change_the_count(code, sentences):
    language = find_language(code)
    stretches = [len(sentence.split()) for sentence in sentences]
    assert count_words(sentences, language, stretches) == count_words(sentences, language)
