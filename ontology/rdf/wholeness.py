"""Whether a file of RDF is whole: what we write ends with the number of its triples.

A file that was cut between two blocks reads like a smaller graph. So the first line promises that
the last one counts, both as comments, which no reader of RDF minds. JSON-LD has none: there the
count stands in the last object, under a key that the context, which is the promise, says means
nothing.
"""

import re

from ontology.iris import DATASET_ID
from ontology.rdf.values import RdfError

PROMISE = b"# newsgraph export: the last line tells how many triples it has.\n"
COUNT_KEY = "tripleCount"

_COUNT = re.compile(rb"# newsgraph export ends: (\d{1,18}) triples\.\r?\n?")
_JSON_START = b'{"@id":"%s","%s":' % (DATASET_ID.encode(), COUNT_KEY.encode())
_JSON_COUNT = re.compile(re.escape(_JSON_START) + rb"(\d{1,18})\}\r?\n?")


def ending(triples: int) -> bytes:
    """The last line of a file of ``triples`` triples, as a comment."""
    return b"# newsgraph export ends: %d triples.\n" % triples


def json_ending(triples: int) -> bytes:
    """The last object of a file of JSON-LD: the dataset, with the number of ``triples``."""
    return _JSON_START + b"%d}" % triples


class Wholeness:
    """Watches the lines of a file, and says at its end whether all that was promised is there.

    Several files behind one another, as ``cat`` makes of N-Triples, are as good as one.
    """

    def __init__(self) -> None:
        self._promises = self._counts = self._promised = 0

    def line(self, line: bytes) -> None:
        """Look at the next line."""
        if line.startswith(b"# newsgraph"):
            self._promises += line.rstrip() == PROMISE.rstrip()
            self._add(_COUNT.fullmatch(line))
        elif line.startswith(b'{"@context":'):
            self._promises += b'"%s":null' % COUNT_KEY.encode() in line
        elif line.startswith(_JSON_START):
            self._add(_JSON_COUNT.fullmatch(line))

    @property
    def counts(self) -> bool:
        """Whether the file says how many triples it has."""
        return bool(self._promises or self._counts)

    def check(self, name: str, triples: int) -> None:
        """Hold the ``triples`` that were read against what the file called ``name`` says.

        Raises:
            RdfError: they are not as many, or the count is missing.
        """
        if self._promises > self._counts:
            raise RdfError(
                f"{name} is cut short: its end, which tells how many triples it has, is missing. "
                "Export it again, or copy it again from where it is whole."
            )
        if self.counts and triples != self._promised:
            raise RdfError(
                f"{name} is not as it was exported: it has {triples:,} triples, but its end says"
                f" {self._promised:,}. Export it again, or copy it again from where it is whole. If"
                " you changed it on purpose, delete what begins with '# newsgraph export'"
                f" (in JSON-LD, {COUNT_KEY})."
            )

    def _add(self, found: "re.Match[bytes] | None") -> None:
        if found is not None:
            self._counts += 1
            self._promised += int(found[1])
