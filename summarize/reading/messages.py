"""Read what programs export of speech and chats as JSON: Whisper, YouTube, Telegram, Slack, Discord."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from summarize.reading.structure import Builder
from summarize.reading.transcripts import is_system_line


class _Turn(NamedTuple):
    """What somebody says; `continues` if it may go on with the sentence before."""

    text: str
    speaker: str | None
    time: str | None
    continues: bool = False


_SIGNS = re.compile(
    r'"(?:segments|results)"\s*:\s*\[\s*\{[^{}]{0,400}"(?:start|text|alternatives)"'
    r'|"events"\s*:\s*\[\s*\{[^{}]{0,400}"tStartMs"'
    r'|"messages"\s*:\s*\[\s*\{[^{}]{0,400}"(?:from|author|date|timestamp|timestamp_ms|content)"'
    r'|\A\s*\[\s*\{[^{}]{0,2000}"(?:ts|user_profile|client_msg_id)"\s*:'
)
# "<@U02ABC>" and "<https://a.example|the map>" in Slack.
_SLACK_NAME, _SLACK_LINK = (
    re.compile(r"<[@#!][\w|.-]+>"),
    re.compile(r"<(?:https?|mailto):[^<>|]*(?:\|([^<>]*))?>"),
)


def is_messages(text: str, start: int, end: int) -> bool:
    """Tell whether a text is JSON of one of these programs, by its beginning."""
    return _SIGNS.search(text[start : min(end, start + 8_000)]) is not None


def read_messages(builder: Builder, start: int, end: int) -> None:
    r"""Read JSON of speech or of a chat; the text becomes what is said.

    Parameters
    ----------
    builder : Builder
    start, end : int
        The range of the file. JSON of another kind is left as it is.

    Examples
    --------
    >>> text = '{"segments": [{"start": 0.5, "text": " Gas was"}, {"start": 61.0, "text": " found."}]}'
    >>> builder = Builder(text)
    >>> read_messages(builder, 0, len(text))
    >>> builder.text, [block.time for block in builder.build(None).blocks]
    ('Gas was\nfound.', ['0:00', '1:01'])
    """
    try:
        data = json.loads(builder.text[start:end])
    except (ValueError, RecursionError):
        data = None
    turns = [turn for turn in _list_turns(data) if turn.text.strip()]
    if not turns:
        builder.format = "plain"
        builder.add("text", start, end)
        return
    parts = [" ".join(turn.text.split()) for turn in turns]
    builder.text = "\n".join(parts)
    if isinstance(data, dict) and isinstance(data.get("name"), str):
        builder.set_title(data["name"])
    place = 0
    for turn, part in zip(turns, parts, strict=True):
        kind = "boilerplate" if is_system_line(part) else "speech"
        builder.add(
            kind, place, place + len(part), speaker=turn.speaker, time=turn.time, continues=turn.continues
        )
        place += len(part) + 1


def _list_turns(data: Any) -> Iterator[_Turn]:
    """List what is said, whichever program wrote it."""
    if isinstance(data, list):
        yield from _list_slack(data)
    elif isinstance(data, dict):
        if isinstance(data.get("segments"), list):
            yield from _list_segments(data["segments"])
        elif isinstance(data.get("events"), list):
            yield from _list_captions(data["events"])
        elif isinstance(data.get("messages"), list):
            yield from _list_messages(data["messages"])


def _list_segments(segments: list[Any]) -> Iterator[_Turn]:
    """List the segments of Whisper and its relatives: one sentence may go over several of a speaker."""
    last: object = ()
    for each in segments:
        if isinstance(each, dict) and isinstance(each.get("text"), str):
            speaker = each.get("speaker")
            speaker = speaker if isinstance(speaker, str) else None
            yield _Turn(each["text"], speaker, _show_seconds(each.get("start")), speaker == last)
            last = speaker


def _list_captions(events: list[Any]) -> Iterator[_Turn]:
    """List the captions of YouTube (json3); some only add a line end to the one before."""
    is_first = True
    for each in events:
        pieces = each.get("segs") if isinstance(each, dict) else None
        if not isinstance(pieces, list) or each.get("aAppend"):
            continue
        text = "".join(piece.get("utf8", "") for piece in pieces if isinstance(piece, dict))
        if text.strip():
            start = each.get("tStartMs")
            yield _Turn(
                text,
                None,
                _show_seconds(start / 1000 if isinstance(start, (int, float)) else None),
                not is_first,
            )
            is_first = False


def _list_messages(messages: list[Any]) -> Iterator[_Turn]:
    """List the messages of Telegram, Discord and Facebook."""
    for each in messages:
        if not isinstance(each, dict) or each.get("type") == "service":
            continue
        text = each.get("text", each.get("content"))
        if isinstance(text, list):
            text = "".join(
                p if isinstance(p, str) else str(p.get("text", ""))
                for p in text
                if isinstance(p, (str, dict))
            )
        author = each.get("from", each.get("sender_name", each.get("author")))
        if isinstance(author, dict):
            author = author.get("nickname") or author.get("name") or author.get("username")
        time = each.get("date", each.get("timestamp"))
        if isinstance(text, str):
            shown = time[:16].replace("T", " ") if isinstance(time, str) else None
            yield _Turn(text, author if isinstance(author, str) else None, shown)


def _list_slack(messages: list[Any]) -> Iterator[_Turn]:
    """List the messages of a day in a channel of Slack."""
    for each in messages:
        if not isinstance(each, dict) or each.get("subtype") in (
            "channel_join",
            "channel_leave",
            "bot_message",
        ):
            continue
        profile = each.get("user_profile")
        profile = profile if isinstance(profile, dict) else {}
        speaker = profile.get("real_name") or profile.get("display_name") or each.get("user")
        text = each.get("text")
        if isinstance(text, str):
            text = _SLACK_NAME.sub("", _SLACK_LINK.sub(lambda match: match[1] or "", text))
            yield _Turn(text, speaker if isinstance(speaker, str) else None, None)


def _show_seconds(seconds: Any) -> str | None:
    """Show a time as "12:31" or "1:02:03"."""
    if not isinstance(seconds, (int, float)) or not 0 <= seconds < 360_000:
        return None
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
