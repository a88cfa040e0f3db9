"""What a page itself says, apart from what is hidden and from the frame of its site. All of it takes elements out
of the tree: nothing else may be looked for there afterwards."""

from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser, LexborNode

_HIDDEN = (
    "[hidden],[style*='display:none' i],[style*='display: none' i],[style*='display :none' i],"
    "[style*='visibility:hidden' i],[style*='visibility: hidden' i],.modal,dialog:not([open]),"
    "div[aria-hidden=true],section[aria-hidden=true],p[aria-hidden=true],"
    ".d-none:not([class*='d-sm-']):not([class*='d-md-']):not([class*='d-lg-']):not([class*='d-xl-']),"
    ".hidden:not([class*=':block']):not([class*=':flex']):not([class*=':inline']):not([class*=':grid']),"
    ".hide,.is-hidden,.fr-hidden,.ng-hide,[ng-cloak],[v-cloak],[x-cloak],[v-if],[v-else],[x-show],[ng-if],[ng-show],.w-form-done,.w-form-fail"
)
"""What a person is not shown, or not before a script has decided that it holds."""
_FRAME = (
    "nav,footer,aside,dialog,[role=navigation],[role=banner],[role=contentinfo],[role=complementary],[role=dialog],"
    "[role=search],"
    "header:not(main header):not(article header):not([role=main] header),[id*=cookie i],[class*=cookie i],"
    "[id*=tarteaucitron],[id*=axeptio],[id*=didomi],[id*=onetrust],[id*=consent i]"
)
_MOST_LINKS = 3_000
_WEIGHT_OF_A_LINK = 40
"""Characters of reading that a link in the content stands for, at least."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


_HIDES = ("hid", "none", "modal", "dialog", "cloak", "v-if", "v-else", "x-show", "ng-if", "ng-show", "w-form")
"""Letters of which some are in the source of any page that `_HIDDEN` finds something in."""


def rid_of_the_hidden(tree: LexborHTMLParser, lower: str) -> bool:
    """Takes what is not shown out of *tree*, whose source is *lower*; whether there was any."""
    return any(letters in lower for letters in _HIDES) and _taken_out(tree.css(_HIDDEN))


def unframed(tree: LexborHTMLParser) -> LexborNode | None:
    """Where the content of *tree* is, rid of the frame of the site."""
    _taken_out(tree.css(_FRAME))
    main = tree.css_first("main,[role=main]")
    return main if main is not None and main.text().strip() else tree.body


def rid_of_links(place: LexborNode) -> int:
    """Takes the links that stand alone out of *place*; what those weigh that are no menu's: in a place that is not
    marked as the content, those that are headings."""
    weight = 0
    for node in reversed(_distinct(place.css("a")[:_MOST_LINKS])):
        if _is_said(node.prev) or _is_said(node.next) or node.css_first("h1,h2,p") is not None:
            continue
        if place.tag != "body" or (node.parent is not None and node.parent.tag in _HEADINGS):
            weight += max(_WEIGHT_OF_A_LINK, len(node.text()))
        node.decompose()
    return weight


def _taken_out(nodes: Iterable[LexborNode]) -> bool:
    """Takes *nodes* out of their tree, the inner ones first: those of one that is gone are gone with it."""
    found = [node for node in _distinct(nodes) if node.tag not in ("html", "body")]
    for node in reversed(found):
        node.decompose()
    return bool(found)


def _distinct(nodes: Iterable[LexborNode]) -> list[LexborNode]:
    """*nodes* in their order, each once: one that two selectors match comes twice."""
    return list({node.mem_id: node for node in nodes}.values())


def _is_said(node: LexborNode | None) -> bool:
    """Whether *node* is text with words, which make a sentence with the link beside it."""
    return node is not None and node.tag == "-text" and any(map(str.isalnum, node.text()))
