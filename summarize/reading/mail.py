"""Read mails: the headers are not text, and what a mail quotes, its reader knows."""

from __future__ import annotations

import re

from summarize.reading.structure import Builder

_HEADER = re.compile(r"[^\W\d_][\w-]{0,40}(?: [\w-]{1,20})? ?[:：](?:[ \t]|\Z)")
_SUBJECT = re.compile(
    r"(?:subject|betreff|objet|oggetto|asunto|assunto|тема|onderwerp|temat|ämne|emne|主题|件名)"
    r" ?[:：][ \t]*(.*)",
    re.IGNORECASE,
)
_REPLY = re.compile(
    r"(?:\s*(?:re|aw|fwd?|wg|sv|antw|tr|rif|odp|回复|答复|转发)(?:\[\d+\])?\s?[:：])+\s*", re.IGNORECASE
)
_ENVELOPE = re.compile(r"From \S+ .*\d{2}:\d{2}.*\d{4}|From \S+@\S+")
_QUOTED = re.compile(r"[ \t]*(?:[A-Z]{1,3})?>")
# "On Tue, 12 Mar 2024 at 09:14, Ann Lee <ann@harbour.example> wrote:" in any language: it ends with a colon
# and has an address or a date.
_ATTRIBUTION = re.compile(
    r"(?=.*(?:@|\d{1,2}[:.h]\d{2}|\d{4}|\d{1,2}[./-]\d{1,2}))"
    r".{0,200}\b(?:wrote|writes|said|schrieb|schreibt|a écrit|ha scritto|scrisse|escribió|escreveu|schreef"
    r"|skrev|kirjoitti"
    r"|napisał\(?a?\)?|написала?|пишет|píše|napsal\(?a?\)?|írta|yazdı|έγραψε|写道|書きました|さんは書きました)"
    r"[^:\n]{0,80}:?[ \t]*\Z",
    re.IGNORECASE,
)
_ATTRIBUTION_START = re.compile(
    r"(?:On|Am|Le|Il|El|Em|Op|Den|W dniu|Dne|Quoting|At|Vào) (?=.*\d)|\S.{0,60} (?:wrote|schrieb)\b"
    r"|20\d\d[-年/]"
)
_ORIGINAL = re.compile(
    r"[ \t]*[-_]{2,}[ \t]?(?:Original|Forwarded|Ursprüngliche|Weitergeleitete|Message d'origine|Messaggio "
    r"originale"
    r"|Mensaje original|Mensagem original|Oorspronkelijk|Исходное|原始|Begin forwarded)[^\n]{0,60}",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"--[ \t]?\Z|_{20,}\Z|-{20,}\Z")
_DEVICE = re.compile(
    r"(?:Sent from (?:my|a) |Von meinem |Gesendet mit|Envoyé de mon|Enviado desde|Enviado do|Inviato da"
    r"|Get Outlook for)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:(?:best|kind|warm|many)?\s*(?:regards|wishes|thanks|cheers)|(?:yours\s+)?(?:sincerely|faithfully|truly)|yours"
    r"|thank you|thx|(?:many )?thanks in advance|(?:mit )?(?:freundlichen?|besten?|lieben?|herzlichen?"
    r"|viele[n]?) grü(?:ß|ss)en?"
    r"|gruß|grüße|mfg|lg|cordialement|(?:bien )?(?:à vous|amicalement)|bonne journée|saludos(?: "
    r"cordiales)?|atentamente"
    r"|un saludo|atenciosamente|abraços?|cordiali saluti|distinti saluti|saluti|grazie|met vriendelijke "
    r"groet(?:en)?|groeten"
    r"|med vänliga? hälsning(?:ar)?|mvh|med venlig hilsen|med vennlig hilsen|ystävällisin terveisin"
    r"|pozdrawiam"
    r"|s pozdravem|с уважением|спасибо|üdvözlettel|saygılarımla|trân trọng"
    r"|此致|敬具|よろしくお願いします)[\s,.!–—-]*\Z",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|hallo|liebe[rs]?|sehr geehrte[rs]?|guten "
    r"(?:tag|morgen|abend)|moin"
    r"|bonjour|cher|chère|salut|madame|monsieur|hola|estimad[oa]s?|querid[oa]s?|buenos días|buenas tardes"
    r"|olá|prezad[oa]s?"
    r"|car[oa]s?|ciao|salve|gentile|buongiorno|beste|geachte|hej|kära|hei|witam|cześć|szanown[iy]|dobrý "
    r"den|ahoj"
    r"|здравствуйте|привет|уважаем\w+|добрый (?:день|вечер)|kedves|tisztelt|merhaba|sayın|sevgili|chào"
    r"|kính gửi|xin chào)"
    r"\b[^.!?\n]{0,60}[,!:.–—-]?[ \t]*\Z",
    re.IGNORECASE,
)


def read_mailbox(builder: Builder, start: int, end: int) -> None:
    """Read an mbox: its messages one after the other, without envelopes and headers.

    Parameters
    ----------
    builder : Builder
    start, end : int
        The range of the file.
    """
    text = builder.text
    begin = -1
    is_blank = True
    for line_start, line_end in builder.iterate_lines(start, end):
        if is_blank and text.startswith("From ", line_start) and _ENVELOPE.match(text, line_start, line_end):
            if begin >= 0:
                read_mail(builder, begin, line_start)
            begin = min(line_end + 1, end)
        is_blank = line_start == line_end
    if begin < 0:
        read_mail(builder, start, end)
    else:
        read_mail(builder, begin, end)


def read_mail(builder: Builder, start: int, end: int) -> None:
    r"""Read a mail: its subject is the title of the text, and its other headers are left out.

    Parameters
    ----------
    builder : Builder
    start, end : int
        The range of the message.

    Examples
    --------
    >>> builder = Builder("From: Ada\nSubject: Re: Gas at sea\n\nHi Bob,\n\nGas was found.")
    >>> read_mail(builder, 0, 58)
    >>> builder.title, [block.kind for block in builder.build(None).blocks]
    ('Gas at sea', ['metadata', 'greeting', 'text'])
    """
    text = builder.text
    body = start
    in_subject = is_header = False
    subject = ""
    for begin, stop in builder.iterate_lines(start, end):
        if begin == stop or not text[begin:stop].strip():
            if is_header:
                break
            body = min(stop + 1, end)
            continue
        found = _HEADER.match(text, begin, stop)
        if not found and not (is_header and text[begin] in " \t"):
            break
        if found:
            match = _SUBJECT.match(text, begin, stop)
            in_subject = match is not None
            subject = subject or (match[1] if match else "")
        elif in_subject:
            subject += " " + text[begin:stop].strip()
        is_header = True
        body = min(stop + 1, end)
    builder.set_title(strip_reply(subject))
    builder.add("metadata", start, body)
    _read_body(builder, body, end)


def strip_reply(subject: str) -> str:
    """Strip "Re:", "Fwd:" and the like from a subject.

    Examples
    --------
    >>> strip_reply("Re: AW: Gas at sea")
    'Gas at sea'
    """
    reply = _REPLY.match(subject)
    return subject[reply.end() :] if reply else subject


def read_reply(builder: Builder, start: int, end: int) -> None:
    """Read the body of a mail that quotes another; parameters as for `read_mail`."""
    _read_body(builder, start, end)


def _read_body(builder: Builder, start: int, end: int) -> None:
    """Read the body of a mail: its own text, what it quotes, its greeting and its signature."""
    text = builder.text
    lines = [(a, b) for a, b in builder.iterate_lines(start, end)]
    kinds = ["text"] * len(lines)
    quoted = [_QUOTED.match(text, a, b) is not None for a, b in lines]
    filled = [k for k, (a, b) in enumerate(lines) if text[a:b].strip()]
    tail = ""
    for place, k in enumerate(filled):
        line = text[lines[k][0] : lines[k][1]].strip()
        following = filled[place + 1] if place + 1 < len(filled) else -1
        if tail == "signature" and quoted[k]:
            tail = ""
        if tail:
            kinds[k] = tail
        elif quoted[k]:
            kinds[k] = "quoted"
            if _is_attribution(line.lstrip("> ")):
                kinds[k] = "metadata"
        elif _ORIGINAL.match(line):
            kinds[k] = "metadata"
            tail = "quoted"
        elif _SIGNATURE.match(line) and len(filled) - place <= 15:
            kinds[k] = tail = "signature"
        elif _is_attribution(line) or (following >= 0 and quoted[following] and _opens_quote(line)):
            kinds[k] = "metadata"
            # An attribution may be wrapped: "On Tuesday, Ann Lee" / "<ann@harbour.example> wrote:".
            before = filled[place - 1] if place else -1
            if before == k - 1 and before >= 0 and not quoted[before] and not _ATTRIBUTION_START.match(line):
                opening = text[lines[before][0] : lines[before][1]]
                if _ATTRIBUTION_START.match(opening):
                    kinds[before] = "metadata"
        elif _DEVICE.match(line):
            kinds[k] = "signature"
        elif _GREETING.match(line) and _is_alone(kinds, filled, place):
            kinds[k] = "greeting"
        elif _CLOSING.match(line):
            kinds[k] = "signature"
            _flag_names(text, lines, kinds, filled, place, quoted)
    _add_runs(builder, lines, kinds)


def _is_alone(kinds: list[str], filled: list[int], place: int) -> bool:
    """Tell whether a line opens the text of a message, after whatever is not text."""
    return not any(kinds[k] == "text" for k in filled[max(0, place - 3) : place])


def _flag_names(
    text: str,
    lines: list[tuple[int, int]],
    kinds: list[str],
    filled: list[int],
    place: int,
    quoted: list[bool],
) -> None:
    """Flag the short lines after a closing: a name, a place of work, a telephone number."""
    for k in filled[place + 1 : place + 6]:
        line = text[lines[k][0] : lines[k][1]].strip()
        if quoted[k] or len(line) > 60 or line[-1] in ".!?" and len(line.split()) > 4:
            break
        if line.startswith("--") or _is_attribution(line):
            break
        kinds[k] = "signature"


def _is_attribution(line: str) -> bool:
    return len(line) < 250 and _ATTRIBUTION.match(line) is not None


def _opens_quote(line: str) -> bool:
    """Tell whether a line before a quotation names its writer: "Ann Lee <ann@harbour.example>:"."""
    return (
        line.endswith(":") and len(line) < 200 and ("@" in line or _ATTRIBUTION_START.match(line) is not None)
    )


def _add_runs(builder: Builder, lines: list[tuple[int, int]], kinds: list[str]) -> None:
    """Add a block for each run of lines of one kind; blank lines belong to the run around them."""
    text = builder.text
    first = last = -1
    kind = ""
    for k, (begin, stop) in enumerate(lines):
        if not text[begin:stop].strip():
            continue
        if kinds[k] != kind:
            if first >= 0:
                builder.add(kind, lines[first][0], lines[last][1])
            first, kind = k, kinds[k]
        last = k
    if first >= 0:
        builder.add(kind, lines[first][0], lines[last][1])
