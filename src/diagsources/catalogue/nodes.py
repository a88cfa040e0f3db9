"""Hostile YAML in, a small tree of nodes with positions out, in bounded time and memory.

libyaml's events are assembled here, without recursion, into scalars, sequences and mappings: nothing
is constructed, so no tag can do anything, and aliases share their node rather than copy it.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from diagsources.errors import why

MAX_BYTES = 4_000_000
"""Largest file read: some 2,500 sources. A larger catalogue is several files."""
MAX_NODES = 200_000
MAX_DEPTH = 40
_LONGEST_QUOTE = 80

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CORE_TAGS = ("str", "int", "float", "bool", "null", "timestamp", "map", "seq")
_PREFIX = "tag:yaml.org,2002:"


@dataclass(slots=True)
class Scalar:
    """A value as written; *tag* is what YAML takes it for: str, int, bool, null, timestamp…"""

    value: str
    tag: str
    line: int
    column: int


@dataclass(slots=True)
class Sequence:
    """A list."""

    line: int
    column: int
    items: list["Node"] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """Keys and values, in order."""

    line: int
    column: int
    pairs: list[tuple["Node", "Node"]] = field(default_factory=list)


Node = Scalar | Sequence | Mapping


class Unreadable(Exception):
    """The file cannot be read as YAML; lines and columns count from 1."""

    def __init__(self, code: str, message: str, *, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.line = line
        self.column = column


def quoted(value: str) -> str:
    """*value* between quotation marks, cut where it would drown the sentence."""
    return f"« {value if len(value) <= _LONGEST_QUOTE else f'{value[:_LONGEST_QUOTE]}…'} »"


def read(path: Path) -> Node | None:
    """The tree of the YAML file at *path*, None when it holds nothing; raises `Unreadable`."""
    try:
        if not path.is_file():
            raise Unreadable("unreadable", "ce n'est pas un fichier ordinaire")
        size = path.stat().st_size
        if size > MAX_BYTES:
            message = f"fichier trop grand ({size / 1e6:.0f} Mo, {MAX_BYTES / 1e6:.0f} Mo au plus) : partagez-le"
            raise Unreadable("too-large", message)
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable("unreadable", f"lecture impossible : {why(error)}") from error
    return parse(_decode(data))


def parse(text: str) -> Node | None:
    """The tree of a YAML *text* of one document; raises `Unreadable`."""
    try:
        return _assemble(yaml.parse(text, Loader=_LOADER))
    except yaml.YAMLError as error:
        raise _explained(error, text) from error


def _decode(data: bytes) -> str:
    bare = data.removeprefix(codecs.BOM_UTF8)
    try:
        return bare.decode()
    except UnicodeDecodeError as error:
        before = bare[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode()) + 1
        message = "le fichier n'est pas en UTF-8 : enregistrez-le dans cet encodage"
        raise Unreadable("not-utf8", message, line=line, column=column) from error


def _assemble(events: Iterator[yaml.Event]) -> Node | None:
    root: Node | None = None
    documents = count = 0
    anchors: dict[str, Node] = {}
    open_nodes: list[Sequence | Mapping] = []
    pending_keys: list[Node | None] = []
    for event in events:
        mark = event.start_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        node: Node
        match event:
            case yaml.DocumentStartEvent():
                documents += 1
                if documents > 1:
                    raise Unreadable("several-documents", "un seul document par fichier", line=line, column=column)
                continue
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                open_nodes.pop()
                pending_keys.pop()
                continue
            case yaml.ScalarEvent():
                node = Scalar(event.value, tag_of(event), line, column)
            case yaml.SequenceStartEvent():
                _check_tag(event.tag, line, column)
                node = Sequence(line, column)
            case yaml.MappingStartEvent():
                _check_tag(event.tag, line, column)
                node = Mapping(line, column)
            case yaml.AliasEvent():
                node = _anchored(anchors, open_nodes, event, line, column)
            case _:
                continue
        count += 1
        if count > MAX_NODES:
            message = f"trop de valeurs ({MAX_NODES} au plus) : partagez le fichier"
            raise Unreadable("too-many-values", message, line=line, column=column)
        if open_nodes:
            _attach(open_nodes[-1], node, pending_keys)
        else:
            root = node
        if isinstance(event, yaml.AliasEvent):
            continue
        if event.anchor:
            anchors[event.anchor] = node
        if isinstance(node, Sequence | Mapping):
            if len(open_nodes) >= MAX_DEPTH:
                raise _too_deep(line, column)
            open_nodes.append(node)
            pending_keys.append(None)
    return root


def _attach(parent: Sequence | Mapping, node: Node, pending_keys: list[Node | None]) -> None:
    if isinstance(parent, Sequence):
        parent.items.append(node)
        return
    key = pending_keys[-1]
    if key is None:
        pending_keys[-1] = node
    else:
        parent.pairs.append((key, node))
        pending_keys[-1] = None


def _anchored(
    anchors: dict[str, Node], open_nodes: list[Sequence | Mapping], event: yaml.AliasEvent, line: int, column: int
) -> Node:
    node = anchors.get(str(event.anchor))
    if node is None:
        raise Unreadable("unknown-alias", f"l'ancre {quoted(str(event.anchor))} n'existe pas", line=line, column=column)
    if any(node is parent for parent in open_nodes):
        raise Unreadable("endless-alias", f"l'ancre {quoted(str(event.anchor))} se contient", line=line, column=column)
    return node


def tag_of(event: yaml.ScalarEvent) -> str:
    """What YAML takes the scalar of *event* for; raises `Unreadable` for what it may not be."""
    mark = event.start_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if event.tag and event.tag != "!":
        return _check_tag(event.tag, line, column)
    if not event.implicit[0] or event.style:
        return "str"
    resolvers = yaml.SafeLoader.yaml_implicit_resolvers.get(event.value[:1], ())
    for tag, pattern in resolvers:
        if pattern.match(event.value):
            return str(tag).removeprefix(_PREFIX)
    return "str"


def _check_tag(tag: str | None, line: int, column: int) -> str:
    name = (tag or f"{_PREFIX}map").removeprefix(_PREFIX)
    if name not in _CORE_TAGS:
        raise Unreadable("unsafe-tag", f"l'étiquette {quoted(str(tag))} n'est pas admise", line=line, column=column)
    return name


_SENTENCES = (
    ("cannot start any token", "une tabulation ou un caractère réservé ne peut pas commencer une valeur"),
    ("mapping values are not allowed", "deux-points inattendus : mettez la valeur entre guillemets"),
    ("could not find expected ':'", "il manque un deux-points après cette clé"),
    ("did not find expected key", "une clé était attendue ici : vérifiez le retrait et les guillemets"),
    ("did not find expected '-'", "un tiret était attendu ici : vérifiez le retrait"),
    ("found unexpected end of stream", "le fichier s'arrête au milieu d'une valeur : un guillemet manque"),
    ("did not find expected ',' or", "crochet ou accolade non fermé"),
    ("found undefined tag handle", "étiquette inconnue"),
    ("control characters are not allowed", "caractère de contrôle interdit"),
    ("special characters are not allowed", "caractère de contrôle interdit"),
    ("found invalid Unicode character", "ce code n'est celui d'aucun caractère Unicode"),
    ("incompatible YAML document", "version de YAML inconnue : retirez la ligne %YAML"),
    ("unknown directive name", "directive inconnue : retirez la ligne qui commence par %"),
    ("are not allowed in this context", "une clé ou un tiret n'a pas sa place ici : vérifiez le retrait"),
    ("did not find expected <document start>", "il y a du texte après la fin du document"),
    ("did not find expected node content", "une valeur était attendue ici"),
    ("alphabetic or numeric character", "une ancre ou un alias a besoin d'un nom"),
    ("found a tab character", "une tabulation en début de ligne : le retrait se fait avec des espaces"),
    ("indentation indicator equal to 0", "le chiffre du retrait va de 1 à 9"),
    ("did not find expected comment or line break", "après | ou >, le texte commence à la ligne suivante"),
    ("found unexpected document indicator", "un guillemet n'est pas fermé avant la fin du document"),
    ("found duplicate %YAML directive", "une seule ligne %YAML par document"),
    ("expected hexdecimal number", "après \\x, \\u ou \\U, il faut 2, 4 ou 8 chiffres hexadécimaux"),
    ("found unknown escape character", "séquence d'échappement inconnue : utilisez des guillemets simples"),
)


def _explained(error: yaml.YAMLError, text: str) -> Unreadable:
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else _first_control(text)
    if "nesting" in problem:  # libyaml has a bound of its own, and may look ahead beyond ours
        return _too_deep(line, column)
    says = next((sentence for words, sentence in _SENTENCES if words in problem), f"YAML illisible ({problem})")
    return Unreadable("yaml-syntax", says, line=line, column=column)


def _too_deep(line: int, column: int) -> Unreadable:
    return Unreadable("too-deep", f"plus de {MAX_DEPTH} niveaux emboîtés", line=line, column=column)


def _first_control(text: str) -> tuple[int, int]:
    """Where the first character stands that YAML 1.1 does not print (its §5.1)."""
    found = yaml.reader.Reader.NON_PRINTABLE.search(text)
    before = text[: found.start()] if found else ""
    return before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
