"""A pipeline that misbehaves where a text tells it to."""

import os
import signal
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

import loader.extract.components.annotations  # registers the Doc extensions  # noqa: F401


@Language.component("misbehaving")
def misbehave(doc: Doc) -> Doc:
    """Do what the text says: die, once or always, raise, run forever, or take all memory."""
    word, _, path = doc.text.partition("\n")[0].partition("=")
    if word == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    elif word == "die-once" and not Path(path).exists():
        Path(path).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    elif word == "raise":
        raise RuntimeError("the page is odd")
    elif word == "run":
        while True:
            pass
    elif word == "hoard":
        hoard = []
        while True:
            hoard.append(bytearray(b"x" * 50_000_000))
    return doc


def load_odd_pipeline() -> Language:
    """Make a pipeline that starts at once: nothing but the odd component."""
    nlp = spacy.blank("en")
    nlp.add_pipe("misbehaving")
    return nlp


def load_nothing() -> Language:
    """Die as a worker does whose model is broken."""
    raise SystemExit("there is no model")
