"""Resolve the source of each statement to whom it names in its article.

``doc._.speakers`` is aligned with ``doc._.attributions``: a surname, a title, a pronoun or "the
expert" becomes the person; a government named by its country or capital becomes the country;
unnamed groups stay unnamed, with their country; a follow-up quotation goes to who spoke last.
"""

from spacy.language import Language
from spacy.tokens import Doc

from loader.extract.components.annotations import Attribution, Speaker
from loader.extract.components.profiles import profiles_of
from loader.extract.components.sources import SourceReader
from loader.extract.components.titles import TitleFinder


@Language.factory(
    "speakers",
    requires=["doc.spans", "doc._.attributions"],
    assigns=["doc._.speakers", "doc._.documents"],
)
def make_speakers(nlp: Language, name: str) -> "SpeakerResolver":
    """Make the component; it needs the entities and ``attributions`` before it."""
    return SpeakerResolver(nlp)


class SpeakerResolver:
    """Say for each attribution who speaks, within the article."""

    def __init__(self, nlp: Language) -> None:
        self._titles = TitleFinder(nlp)

    def __call__(self, doc: Doc) -> Doc:
        """Write ``doc._.speakers``, one value an attribution, None where nobody is named.

        ``doc._.documents`` are the documents among them.
        """
        if not doc._.attributions:
            doc._.speakers = doc._.documents = ()
            return doc
        reader = SourceReader(doc, profiles_of(doc, self._titles(doc)))
        speakers: dict[int, Speaker | None] = {}
        order = sorted(
            range(len(doc._.attributions)), key=lambda i: _position(doc._.attributions[i])
        )
        for index in order:
            attribution = doc._.attributions[index]
            parent = speakers.get(attribution.parent) if attribution.parent is not None else None
            speakers[index] = reader.resolve(attribution, parent)
        doc._.speakers = tuple(speakers[i] for i in range(len(doc._.attributions)))
        agents = [speaker.agent for speaker in doc._.speakers if speaker is not None]
        doc._.documents = reader.cited_documents(
            agent.name for agent in agents if agent is not None and agent.type == "Document"
        )
        return doc


def _position(attribution: Attribution) -> tuple[int, int]:
    """Outer statements come before what they hold, else by the source's place."""
    anchors = [span[0] for span in (attribution.source, attribution.cue) if span]
    start = min(anchors) if anchors else attribution.content[0][0]
    return start, attribution.content[0][0]
