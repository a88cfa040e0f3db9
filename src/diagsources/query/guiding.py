"""Which guide is meant, and what it asks."""

from diagsources.errors import DiagsourcesError, UnknownValue
from diagsources.model import Catalogue, Guide, Question
from diagsources.text import fold, nearest

GENERAL = Guide(id="diagnostic", title="Diagnostic territorial")
"""The guide of a catalogue that has questions, and no guide that asks them all."""


def guides_of(catalogue: Catalogue) -> tuple[Guide, ...]:
    """The guides of *catalogue*, the one that asks everything first."""
    whole = next((guide for guide in catalogue.guides if not guide.questions), GENERAL)
    if not catalogue.questions:
        return ()
    return (whole, *(guide for guide in catalogue.guides if guide != whole))


def guide_named(catalogue: Catalogue, name: str = "") -> Guide:
    """The guide whose id, or another word for it, is *name*; without a name, the one that asks everything.

    Raises `UnknownValue`, which names them all, or `DiagsourcesError` where there are none.
    """
    guides = guides_of(catalogue)
    if not guides:
        raise DiagsourcesError("aucun guide dans ce catalogue", hint="ajoutez-lui des clés « questions » et « guides »")
    by_name = {fold(word): guide for guide in reversed(guides) for word in (*guide.aliases, guide.title, guide.id)}
    found = by_name.get(fold(name)) if name else guides[0]
    if found is None:
        raise _unknown(guides, name)
    return found


def questions_of(catalogue: Catalogue, guide: Guide) -> tuple[Question, ...]:
    """What *guide* asks, in its order; an id that is none of the catalogue asks nothing."""
    by_id = {question.id: question for question in catalogue.questions}
    asked = guide.questions or tuple(by_id)
    return tuple(by_id[each] for each in asked if each in by_id)


def _unknown(guides: tuple[Guide, ...], name: str) -> UnknownValue:
    meant = {word: guide.id for guide in guides for word in (guide.id, *guide.aliases)}
    near = tuple(dict.fromkeys(meant[word] for word in nearest(name, meant)))
    error = UnknownValue("guide inconnu", name, near, where="diagsources guide --list les décrit")
    width = max(len(guide.id) for guide in guides)
    error.choices = tuple(f"{guide.id:{width}}  {guide.title}" for guide in guides)
    return error
