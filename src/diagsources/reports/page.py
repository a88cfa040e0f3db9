"""What the pages for a browser have in common: each is whole in one file, and nothing of the values is interpreted."""

from pathlib import Path

from diagsources.reports.markup import in_xml, quoted
from diagsources.text import is_obeyed
from diagsources.urls import is_web_url

_PALETTE = Path(__file__).with_name("palette.css")


def head(title: str, own_style: str, script: str = "") -> str:
    """The page up to its `main`, in the colours of all pages and a style of its own. Nothing may be loaded or run but
    the two texts of ours, known by their digests."""
    style = f"\n{_PALETTE.read_text(encoding='utf-8')}{own_style}"
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_digest(style)}'",
            *((f"script-src '{_digest(script)}'",) if script else ()),
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    return (
        '<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{in_xml(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n"
    )


def link(url: str, words: str = "") -> str:
    """A link, with *words* in the stead of the address, where the address is one that a browser should follow; else
    the text alone."""
    shown, target = in_xml(words or url), address(url)
    return f'<a href="{quoted(target)}" rel="noreferrer noopener">{shown}</a>' if target else shown


def address(url: str) -> str:
    """*url* where a reader may follow it: http or https, and no character that is not shown; else ""."""
    return url if is_web_url(url) and not is_obeyed(url) else ""


def _digest(text: str) -> str:
    from base64 import b64encode
    from hashlib import sha256

    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
