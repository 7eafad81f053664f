"""Read transcripts and chats: who speaks and when is a label of the turn, not a part of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.reading.structure import Builder

# A turn has at least this many fellows of the same form, or the text is not a transcript.
_MIN_TURNS = 3
# Letters in the name of a speaker.
_NAME = r"[^\W\d_][^\n:\[\]()<>]{0,50}?"
_CLOCK = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_DAY = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}"
_HALF = r"(?:[\s\u202f]?[AaPp]\.?\s?[Mm]\.?)?"
_MARK = "[\u200e\u200f\u202a-\u202e\ufeff]*"

# A form is a pattern for the line that begins a turn, with the groups "time" and "name"; after its end the
# turn begins, on the same line or the next one.
_FORMS = {
    # "[12/03/2024, 09:14:22] Ann Lee: text", "12.03.24, 09:14 - Ann Lee: text", and the same without a name.
    "chat": re.compile(
        rf"{_MARK}\[?(?P<time>{_DAY},?\s(?:às\s|um\s)?\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?{_HALF})\]?\s?(?:[-–]\s)?"
        rf"{_MARK}(?:(?P<name>[^:\n]{{1,60}}):(?:\s|\Z))?{_MARK}"
    ),
    # "[00:01:03] Ada Holm: text", "(01:03) Ada:", "00:01:03 Ada Holm: text", "00:01:03 - Ada: text".
    "time first": re.compile(
        rf"[ \t]*[\[(<]?(?P<time>{_CLOCK})(?:\s?(?:-->"
        rf"|[-–])\s?{_CLOCK})?[\])>]?[ \t]*(?:[-–:|][ \t]*)?(?P<name>{_NAME})"
        r"[ \t]*[:：](?:[ \t]|\Z)"
    ),
    # "Ada Holm  0:03", "Ada Holm (00:00:03):", "Ada Holm [0:03]", "Speaker 1 | 00:03".
    "name first": re.compile(
        rf"[ \t]*(?P<name>[^\W\d_][^\n:\[\]()<>|]{{0,50}}?)[ \t]*[-–|,]?[ \t]*"
        rf"[\[(]?(?P<time>{_CLOCK})[\])]?[ \t]*:?[ \t]*\Z"
    ),
    # "[00:01:03] text" without a name.
    "time only": re.compile(rf"[ \t]*[\[(](?P<time>{_CLOCK})[\])][ \t]*(?P<name>(?!))?"),
    # "[doctor] text", "[Speaker 2]: text".
    "bracket": re.compile(r"[ \t]*\[(?P<name>[^\W\d_][\w .'-]{0,30})\]:?[ \t]*(?P<time>(?!))?"),
    # "dora-l commented on May 4, 2024", "dora-l commented 3 days ago".
    "comment": re.compile(
        r"(?P<name>@?[\w.\[\]-]{1,40}) (?:commented|replied|wrote|opened this issue|asked|answered)\b"
        r"(?P<time> (?:on )?[^\n]{0,60}?\d[^\n]{0,60})?\Z"
    ),
}
# "Ada Holm: text", "THE SPEAKER: text", "Mr. SMITH. text", "Q. text".
_PLAIN = re.compile(
    r"[ \t]*(?:\*\*)?(?P<name>[^\W\d_a-z][^\n:：.!?;\"“”«»()<>\[\]/]{0,40}?(?:\s\([^()\n]{1,40}\))?)"
    r"(?:\*\*)?[:：](?:\*\*)?[ \t]+(?=\S)"
    r"|[ \t]*(?P<hansard>(?:(?:Mr|Mrs|Ms|Dr|Sir|The|Mme|M|Herr|Frau|Sr|Sra"
    r"|Hon)\.?\s){1,2}[A-Z][A-Z.'’ -]{2,40})[.:][ \t]+(?=\S)"
)
# Messages of the software itself: "Ada joined the meeting", "+1", "closed this".
_SYSTEM = re.compile(
    r"\W*(?:.{0,60}\b(?:joined|left|added|removed|changed|created|started|ended|stopped|muted|invited)\b.{0,30}"
    r"\b(?:the (?:meeting|call|chat|group|conversation|transcription|recording|subject|channel)|using this"
    r"|group|you)\b.*"
    r"|.*end-to-end (?:encrypted|encryption).*|.*\b(?:omitted|weggelassen|omitid[oa]s?|omess[oa]|absente?"
    r"|пропущено|略)>?\W*"
    r"|<.{1,30}>|(?:this|diese) (?:message|nachricht) (?:was deleted|wurde gelöscht)\W*|you deleted this "
    r"message\W*"
    r"|.*(?:Ende-zu-Ende|bout en bout|extremo a extremo|end-to-end).{0,40}(?:verschlüsselt|chiffr|cifrad"
    r"|crittografat).*"
    r"|missed (?:voice|video) call.*|\+1|👍|.{0,60}\b(?:closed this|reopened this|self-assigned this"
    r"|mentioned this"
    r"|added the .{1,40} label|removed the .{1,40} label|referenced this|linked a pull request|merged "
    r"commit)\b.*"
    r"|.{0,60}\bopened this issue\b.*|\(?(?:inaudible|crosstalk|laughter|applause|pause|silence|music"
    r"|unverständlich"
    r"|gelächter|beifall|rires|applaudissements|risas|risate|смех|аплодисменты)\)?\W*)\Z",
    re.IGNORECASE,
)
# Of the words of all that `_SYSTEM` matches, one is among these, or a sign begins the line: a cheap test.
_SYSTEM_WORDS = frozenset((
    "joined", "left", "added", "removed", "changed", "created", "started", "ended", "stopped", "muted",
    "invited", "end-to-end", "ende-zu-ende", "ende-zu-ende-verschlüsselt", "ende-zu-ende-verschlüsselt.",
    "bout", "extremo", "omitted", "omitted>", "weggelassen", "weggelassen>", "missed", "closed",
    "reopened", "self-assigned", "mentioned", "referenced", "linked", "merged", "opened", "deleted",
    "gelöscht", "omitida", "omitido", "omitidas", "omitidos", "omessa", "omesso", "omessi", "absente",
    "absent", "пропущено", "inaudible", "crosstalk", "laughter", "applause", "pause", "silence", "music",
    "unverständlich", "gelächter", "beifall", "rires", "applaudissements", "risas", "risate", "смех",
    "аплодисменты",
))  # fmt: skip
_SYSTEM_SIGNS = ("<", "(", "[", "+1", "👍", "\u200e")
_TRACE = re.compile(
    r"Traceback \(most recent call last\)|[ \t]+(?:File \"|at [\w.$<>]+\()|\w+(?:\.\w+)*(?:Error"
    r"|Exception)\b(?::|\Z)"
)
_FENCE = re.compile(r"[ \t]*(?:```|~~~)")
_QUOTE = re.compile(r"[ \t]*>")


def is_system_line(line: str) -> bool:
    """Tell whether the software wrote a line, such as "Ada joined the meeting".

    Examples
    --------
    >>> is_system_line("Ada joined the meeting"), is_system_line("Gas was found at sea by Ada.")
    (True, False)
    """
    line = line.strip()
    if _SYSTEM_WORDS.isdisjoint(line.lower().rstrip(" .!>)]").split()) and not line.startswith(_SYSTEM_SIGNS):
        return line.endswith("略") and _SYSTEM.match(line) is not None
    return _SYSTEM.match(line) is not None


def find_form(text: str, start: int, end: int) -> str | None:
    """Name the form in which most lines of a text begin a turn, by a sample of its lines.

    Parameters
    ----------
    text : str
    start, end : int
        The range of the text.

    Returns
    -------
    str or None
        None if the text is not a transcript.

    Examples
    --------
    >>> text = "[00:03] Ada: Gas was found.\\n[00:09] Bob: Where?\\n[00:12] Ada: At sea."
    >>> find_form(text, 0, len(text))
    'time first'
    """
    lines = [line for line in text[start : min(end, start + 8_000)].splitlines()[:200] if line.strip()]
    for name, pattern in _FORMS.items():
        turns = [match for match in map(pattern.match, lines) if match]
        least = _MIN_TURNS if name not in ("comment", "name first") else 2
        if len(turns) >= least and 4 * len(turns) >= len(lines):
            return name
        if name == "comment" and len(turns) >= least and 12 * len(turns) >= len(lines):
            return name
    return "plain" if any(find_speakers(lines)) else None


def find_speakers(lines: Sequence[str]) -> list[str | None]:
    """Name the speaker of each line or paragraph that begins a turn, if half of them do.

    Parameters
    ----------
    lines : sequence of str

    Returns
    -------
    list of (str or None)
        One for each line; all None unless at least four begin with a name, and names recur.

    Examples
    --------
    >>> find_speakers(["Ada: Gas was found.", "Bob: Where?", "Ada: At sea.", "**Bob:** Ah.", "It is good."])
    ['Ada', 'Bob', 'Ada', 'Bob', None]
    >>> find_speakers(["Note: Gas was found.", "It was at sea."])
    [None, None]
    """
    turns = [_PLAIN.match(line) for line in lines]
    names = [(match["name"] or match["hansard"]).strip(" *_") if match else None for match in turns]
    found = [name for name in names if name]
    if len(found) < 4 or 2 * len(found) < len(names) or 2 * len(set(found)) > len(found) + 1:
        return [None] * len(names)
    return names


def read_transcript(builder: Builder, start: int, end: int) -> None:
    r"""Read a transcript as speech: each turn is a block with its speaker and its time.

    Parameters
    ----------
    builder : Builder
    start, end : int
        The range of the text.

    Notes
    -----
    Times, and names beside times, are left out of the sentences. In a text that has names only, such as a
    play, a name is printed with the first sentence of its turn.

    Examples
    --------
    >>> text = "Ada  0:03\nGas was found.\n\nBob  0:09\nWhere?\n\nAda  0:12\nAt sea."
    >>> builder = Builder(text)
    >>> read_transcript(builder, 0, len(text))
    >>> [(b.speaker, b.time, text[b.start : b.end]) for b in builder.build(None).blocks if b.is_prose][0]
    ('Ada', '0:03', 'Gas was found.')
    """
    text = builder.text
    form = find_form(text, start, end)
    if form is None:
        builder.format = "plain"
        builder.add("text", start, end)
        return
    speaker = time = None
    is_open = in_code = False
    has_code = "```" in text or "~~~" in text
    for begin, stop in builder.iterate_lines(start, end):
        line = text[begin:stop]
        if not line.strip():
            is_open = False
            continue
        if has_code and (in_code or _FENCE.match(line)):
            in_code = in_code != (_FENCE.match(line) is not None)
            builder.add("code", begin, stop)
            continue
        if is_system_line(line):
            builder.add("boilerplate", begin, stop)
            is_open = False
            continue
        turn = _PLAIN.match(line) if form == "plain" else _FORMS[form].match(line)
        place = begin
        if turn and form == "plain":
            speaker = (turn["name"] or turn["hansard"]).strip()
            place = begin + len(line) - len(line.lstrip())
            is_open = False
        elif turn:
            name = turn["name"]
            speaker = name.strip() if name else (None if form != "time only" else speaker)
            time = turn["time"].strip() if turn["time"] else time
            place = begin + turn.end()
            is_open = False
            builder.add("label", begin, place)
            if form == "chat" and name is None or is_system_line(text[place:stop].strip()):
                builder.add("boilerplate", place, stop)
                continue
        if form == "comment" and (_QUOTE.match(line) or _TRACE.match(line)):
            builder.add("quoted" if _QUOTE.match(line) else "code", begin, stop)
            is_open = False
            continue
        if place < stop and text[place:stop].strip():
            kind = "text" if form == "comment" else "speech"
            builder.add(kind, place, stop, continues=is_open, speaker=speaker, time=time)
            is_open = True
