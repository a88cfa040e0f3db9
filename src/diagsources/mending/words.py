"""What was seen of a link, and what may stand in for it, in the words of the screen."""

from diagsources.mending.values import Offer, Seen, Want
from diagsources.text import counted, day_in_french
from diagsources.urls import masked


def gone(seen: Seen) -> str:
    """That a link does not answer any more, and how."""
    return f"{masked(seen.url)} ne répond plus ({seen.message})"


def gone_elsewhere(seen: Seen) -> str:
    """That a link leads elsewhere, and in how many runs it did."""
    times = "vu une seule fois" if seen.times == 1 else f"vu {counted(seen.times, 'fois', 'fois')}"
    return f"{masked(seen.url)} mène ailleurs pour de bon ({times})"


def unwritable(seen: Seen) -> str:
    """That a link leads to an address that is not for a catalogue."""
    new = masked(seen.suggestion or "")
    return f"{masked(seen.url)} mène à {new}, qui n'est pas à écrire telle quelle ; à vous d'en juger"


def hopeless(want: Want, *, looked: bool, owner: str = "") -> str:
    """That a link is dead and nothing stands in for it, or that nothing was *looked* for; *owner* is the source that
    has the address of its successor."""
    if want.successor and owner:
        return f"{gone(want.seen)} ; celle qui la remplace est déjà au catalogue, « {owner} »"
    if not looked:
        return f"{gone(want.seen)} ; rien n'a été cherché qui en tienne lieu, à cause de --offline"
    if want.successor:
        return f"{gone(want.seen)}, et {want.successor}, qui la remplace d'après le catalogue, ne répond pas non plus"
    return f"{gone(want.seen)}, et rien n'a été trouvé qui en tienne lieu"


def what_is(offer: Offer) -> str:
    """What the address of *offer* is."""
    named = f" (« {offer.title} »)" if offer.title else ""
    match offer.code:
        case "archive" if offer.on is not None:
            return f"copie archivée du {day_in_french(offer.on)}"
        case "renamed":
            return f"le même jeu de données, que son portail a renommé{named}"
        case "dataset":
            return f"un jeu de données de nom voisin, sur le même portail{named}"
        case "successor":
            return "ce qui la remplace, d'après le catalogue"
    return ""
