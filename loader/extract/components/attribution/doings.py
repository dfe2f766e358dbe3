"""What people do with a cue verb rather than say: keep silent, know, find out, show, aim at."""

from spacy.tokens import Token

from loader.extract.components.attribution.reading import Reading
from loader.extract.components.data import LISTS
from loader.extract.components.roles import role_noun

_REFUSALS = frozenset({"decline", "refuse"})
_NO_PERSONS = frozenset({"ORG", "PRODUCT", "FAC", "WORK_OF_ART", ""})
_BEING = frozenset({"is", "was", "are", "were", "be", "been", "'s"})
_POINTING = frozenset({"that", "this", "none", "nothing", "which", "it", "what"})
_INTERROGATIVES = frozenset(
    ["who", "whom", "whose", "which", "what", "where", "when", "why", "how", "whether", "if"]
)


def is_doing(reading: Reading, verb: Token) -> bool:
    """Whether somebody says nothing, knows something, or has yet to find it out.

    Or something "refuses to start", is "known to fail", or an end "is to show" something.
    """
    return (
        _is_silence(reading, verb)
        or _is_knowledge(reading, verb)
        or _is_to_come(reading, verb)
        or _is_failure(reading, verb)
        or _is_purpose(verb)
    )


def is_aside(reading: Reading, verb: Token) -> bool:
    """Whether a verb without a clause tells the aim or the outcome of something done.

    The aim: repeated it "to confirm the link"; who comes "to discuss" it, says something. The
    outcome: a participle of showing, "highlighting the risks".
    """
    lemma = reading.lemma(verb.i)
    if verb.tag_ == "VBG":
        return verb.dep_ in ("advcl", "acl") and lemma in _words("showing")
    if verb.tag_ != "VB" or lemma not in _words("doing"):
        return False
    tried = verb.dep_ == "xcomp" and reading.lemma(verb.head.i) not in reading.lexicon.clausal
    if verb.dep_ != "advcl" and not tried:
        return False
    return any(child.tag_ == "TO" and child.i < verb.i for child in verb.children)


def _is_failure(reading: Reading, verb: Token) -> bool:
    """Whether a thing fails, "the pump refuses to start", or is wont to, "is known to fail"."""
    ends = [child for child in verb.children if child.dep_ == "xcomp" and child.tag_ == "VB"]
    if reading.lemma(verb.i) == "know" and verb.tag_ == "VBN":
        return bool(ends)
    if reading.lemma(verb.i) != "refuse":
        return False
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    if subject is None or subject.tag_ not in ("NN", "NNP") or role_noun(subject) is not None:
        return False
    failing = any(reading.lemma(end.i) in _words("failing") for end in ends)
    return failing and subject.ent_type_ in _NO_PERSONS


def _is_purpose(verb: Token) -> bool:
    """Whether an infinitive is the end or the sense of something: "this is not to say that"."""
    if verb.tag_ != "VB" or verb.dep_ != "xcomp" or verb.head.lower_ not in _BEING:
        return False
    subject = next((child for child in verb.head.children if child.dep_ == "nsubj"), None)
    if subject is None or subject.lower_ not in _POINTING:
        return False
    return any(child.tag_ == "TO" for child in verb.children)


def _is_to_come(reading: Reading, verb: Token) -> bool:
    """Whether something is still to be found out: "will determine how", "to figure out why"."""
    if verb.tag_ != "VB" or reading.lemma(verb.i) not in _words("finding_out"):
        return False
    aids = [child for child in verb.children if child.i < verb.i]
    if not any(aid.tag_ in ("TO", "MD") for aid in aids) or any(aid.dep_ == "neg" for aid in aids):
        return False
    return not any(child.dep_ == "ccomp" and _has_that(reading, child) for child in verb.children)


def _has_that(reading: Reading, clause: Token) -> bool:
    return reading.doc[clause.left_edge.i].lower_ not in _INTERROGATIVES


def _is_silence(reading: Reading, verb: Token) -> bool:
    """Whether somebody says nothing at all: declined "to comment"."""
    silent = reading.lexicon.silent
    if reading.lemma(verb.head.i) in _REFUSALS and verb.dep_ == "xcomp":
        return reading.lemma(verb.i) in silent
    return reading.lemma(verb.i) in _REFUSALS and any(
        child.dep_ == "xcomp"
        and (
            reading.lemma(child.i) in silent
            or any(aid.dep_ == "auxpass" for aid in child.children)  # "to be interviewed"
        )
        for child in verb.children
    )


def _is_knowledge(reading: Reading, verb: Token) -> bool:
    """Whether a verb of knowing tells of a skill or of an answer that it leaves open.

    "learned to swim", "knew how to sail", "learned who had called". What somebody does not know
    or ought to know, they hold to be open.
    """
    aids = [child for child in verb.children if child.dep_ in ("aux", "auxpass", "neg")]
    if reading.lemma(verb.i) not in _words("knowing") or any(
        aid.dep_ == "auxpass" and aid.lower_ != "'s" for aid in aids
    ):
        return False
    for clause in verb.children:
        if clause.dep_ not in ("ccomp", "xcomp") or clause.i < verb.i:
            continue
        opener = reading.doc[clause.left_edge.i].lower_
        if clause.dep_ == "xcomp" and clause.tag_ == "VB" and opener in ("to", "how"):
            return True
        if opener in _INTERROGATIVES and not any(
            aid.dep_ == "neg" or aid.tag_ == "MD" for aid in aids
        ):
            return True
    return False


def _words(group: str) -> frozenset[str]:
    return LISTS("cue_senses", group).words
