"""Read subtitles: SubRip, WebVTT and YouTube's captions. Sentences go over cues."""

from __future__ import annotations

import re

from summarize.reading.structure import Builder

_STAMP = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TIMING = re.compile(rf"[ \t]*({_STAMP})[ \t]*(?:-->|,)[ \t]*{_STAMP}")
_SECTION = re.compile(r"(?:WEBVTT|NOTE|STYLE|REGION)(?:\s|\Z)")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]{1,80})>")
# "<c.yellow>", "<00:00:01.000>", "{\an8}", "[MUSIC]", "♪".
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,80}>|<[\d:.]+>|\{\\[^{}]{0,40}\}|♪|\[[^\[\]]{1,40}\]")
# "Dialogue: 0,0:00:01.00,0:00:02.50,Default,Ada,0,0,0,,Gas was{\\i1} found."
_DIALOGUE = re.compile(
    r"Dialogue:[^,\n]*,(?P<time>[\d:.]+),[^,\n]*,[^,\n]*,(?P<name>[^,\n]*),[^,\n]*,[^,\n]*,[^,\n]*,[^,\n]*,"
)
_ASS_TAG = re.compile(r"\{[^{}]{0,300}\}|\\[Nnh]")
# ">> ADA:", "- ADA:", ">>".
_SPEAKER = re.compile(r"[ \t]*(?:>>+|-)?[ \t]*([A-Z][A-Z .'-]{1,30}):[ \t]|[ \t]*(?:>>+|[-–])[ \t]+")


def read_subtitles(builder: Builder, start: int, end: int) -> None:
    r"""Read the cues of subtitles as speech with its time and, where it is given, its speaker.

    Parameters
    ----------
    builder : Builder
    start, end : int
        The range of the file. A line that repeats the one before, as rolling captions do, is left out.

    Examples
    --------
    >>> cues = "1\n00:01,0 --> 00:02,0\nGas was\n\n2\n00:02,0 --> 00:03,0\nfound."
    >>> builder = Builder(cues)
    >>> read_subtitles(builder, 0, len(cues))
    >>> [(cues[b.start : b.end], b.continues) for b in builder.build(None).blocks]
    [('Gas was', False), ('found.', True)]
    """
    text = builder.text
    builder.format = "subtitles"
    if "[Script Info]" in text[start : start + 200] or "\nDialogue:" in text[start : start + 20_000]:
        _read_dialogue(builder, start, end)
        return
    time: str | None = None
    speaker: str | None = None
    seen: list[str] = []
    skipping = False
    is_first = True
    for begin, stop in builder.iterate_lines(start, end):
        line = text[begin:stop].removeprefix("\ufeff")
        if not line.strip():
            # A blank line ends a note, and a cue, except the blank first line of a rolling caption.
            skipping = False
            continue
        timing = _TIMING.match(line)
        if timing:
            time = _shorten(timing[1])
            skipping = False
            continue
        if skipping or _SECTION.match(line):
            skipping = True
            continue
        if time is None or _is_cue_name(text, stop, end):
            continue
        voice = _VOICE.search(line)
        turn = _SPEAKER.match(line)
        place = begin + (turn.end() if turn else 0)
        words = " ".join(_TAG.sub(" ", line[turn.end() if turn else 0 :]).split())
        if not words or words in seen:
            continue
        seen = [*seen[-1:], words]
        is_new = bool(turn) or (voice is not None and voice[1].strip() != speaker)
        if voice:
            speaker = voice[1].strip()
        elif turn:
            speaker = turn[1].title() if turn[1] else None
        builder.add("speech", place, stop, continues=not is_new and not is_first, speaker=speaker, time=time)
        for tag in _TAG.finditer(text, place, stop):
            builder.add_hole(*tag.span())
        is_first = False


def _read_dialogue(builder: Builder, start: int, end: int) -> None:
    """Read SubStation Alpha: the last of the ten fields of a line "Dialogue:" is what is said."""
    text = builder.text
    last = ""
    is_first = True
    for begin, stop in builder.iterate_lines(start, end):
        match = _DIALOGUE.match(text, begin, stop)
        if not match or text[match.end() : stop].strip() in ("", last):
            continue
        place, last = match.end(), text[match.end() : stop].strip()
        speaker = match["name"].strip() or None
        builder.add(
            "speech",
            place,
            stop,
            continues=not is_first and not speaker,
            speaker=speaker,
            time=_shorten(match["time"]),
        )
        for tag in _ASS_TAG.finditer(text, place, stop):
            builder.add_hole(*tag.span())
        is_first = False


def _is_cue_name(text: str, stop: int, end: int) -> bool:
    """Tell whether the next line is a timing, so that this one is the number or name of a cue."""
    follow = text.find("\n", stop, end) + 1
    return follow > 0 and _TIMING.match(text, follow, end) is not None


def _shorten(stamp: str) -> str:
    """Shorten a time: "00:12:31,500" is "12:31"."""
    whole = stamp.replace(",", ".").partition(".")[0]
    while whole.startswith(("0:", "00:", "000:")) and whole.count(":") > 1:
        whole = whole.partition(":")[2]
    return whole
