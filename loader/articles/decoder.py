"""The best reading of a page: one label a line, found by dynamic programming (Viterbi 1967).

Linear in the number of lines: every line has a handful of possible labels, every label a fixed
set of predecessors.
"""

from collections.abc import Mapping, Sequence

from loader.articles.labels import Cues, Label
from loader.articles.noise import ends_cut_off

_STARTS = {
    Label.HEADING: -0.5,
    Label.OUTSIDE: 0.0,
    Label.KICKER: -0.3,
    Label.TITLE: 0.5,
    Label.LONE: -1.0,
    Label.OPENING_STANDFIRST: -1.5,
    Label.OPENING_META: -1.0,
    Label.OPENING_BODY: -1.5,
}
_HEAD = {
    Label.META: 0.0,
    Label.STANDFIRST: -0.3,
    Label.HEAD_NOISE: 0.0,
    Label.BODY: 0.0,
    Label.SUBHEAD: -1.2,
}
_CUT = {
    Label.KICKER: -2.5,
    Label.TITLE: -1.5,
    Label.LONE: -2.6,
    Label.OPENING_STANDFIRST: -6.0,
    Label.OPENING_META: -5.0,
    Label.OPENING_BODY: -8.0,
}
_TEXT = {
    Label.BODY: 0.0,
    Label.SUBHEAD: 0.0,
    Label.NOISE: 0.0,
    Label.FOOT: -1.0,
}
_TRANSITIONS: dict[Label | None, dict[Label, float]] = {
    None: _STARTS,
    Label.HEADING: {**_STARTS, Label.TITLE: 1.0, Label.HEADING: -0.3, Label.OPENING_BODY: -2.0},
    Label.OUTSIDE: _STARTS,
    Label.KICKER: {Label.KICKER: 0.0, Label.TITLE: 1.0},
    Label.TITLE: {**_HEAD, Label.META: 0.5, Label.STANDFIRST: 0.0},
    Label.LONE: {**_STARTS, Label.LONE: 0.5, Label.HEADING: -2.0, Label.OPENING_BODY: -4.0},
    Label.OPENING_STANDFIRST: {Label.META: 1.5, Label.OPENING_STANDFIRST: -2.0},
    Label.OPENING_META: _HEAD,
    Label.OPENING_BODY: _TEXT | _CUT,
    Label.STANDFIRST: {**_HEAD, Label.META: 0.8, Label.STANDFIRST: -1.0, Label.BODY: -0.6},
    Label.META: _HEAD,
    Label.HEAD_NOISE: _HEAD,
    Label.BODY: _TEXT | _CUT,
    Label.SUBHEAD: {
        Label.BODY: 0.5,
        Label.SUBHEAD: -0.8,
        Label.NOISE: 0.0,
        Label.FOOT: -3.0,
        **{label: score - 1.2 for label, score in _CUT.items()},
    },
    Label.NOISE: _TEXT | {label: score + 0.4 for label, score in _CUT.items()},
    Label.FOOT: {
        Label.FOOT: 0.3,
        Label.BODY: -2.0,
        Label.NOISE: 0.0,
        Label.SUBHEAD: -2.0,
        **{label: score + 1.5 for label, score in _CUT.items()},
    },
}
_ENDS = {
    Label.KICKER: -4.0,
    Label.TITLE: -3.0,
    Label.OPENING_STANDFIRST: -3.0,
    Label.OPENING_META: -3.0,
    Label.STANDFIRST: -2.0,
    Label.META: -1.0,
    Label.HEAD_NOISE: -1.0,
    Label.SUBHEAD: -1.5,
}
_OPENINGS = frozenset(_CUT)
_BEFORE_ARTICLES = frozenset({Label.HEADING, Label.OUTSIDE, Label.KICKER})
_GOES_ON = frozenset({Label.BODY, Label.SUBHEAD})
_NEVER = 1_000.0


def _into(sources: Mapping[Label | None, Mapping[Label, float]]) -> dict[Label, dict[Label, float]]:
    """Turn the table round: for every label, its predecessors."""
    table: dict[Label, dict[Label, float]] = {label: {} for label in Label}
    for source, targets in sources.items():
        if source is not None:
            for target, score in targets.items():
                table[target][source] = score
    return table


_PREDECESSORS = _into(_TRANSITIONS)


def decode(
    cues: Sequence[Cues], scores: Sequence[Mapping[Label, float]], *, single: bool = False
) -> list[Label]:
    """Return the label of every line on the best walk.

    With ``single`` the page is known to be one article, and is cut only if nothing else fits.
    """
    if not scores:
        return []
    best: dict[Label, float] = {
        label: score + _STARTS[label] for label, score in scores[0].items() if label in _STARTS
    }
    best = best or {Label.OPENING_BODY: 0.0}
    trace: list[dict[Label, Label]] = []
    for index in range(1, len(scores)):
        ending = -_NEVER if single else _ending(cues[index - 1])
        step: dict[Label, float] = {}
        came: dict[Label, Label] = {}
        for label, score in scores[index].items():
            for source, transition in _PREDECESSORS[label].items():
                if source in best:
                    total = best[source] + transition + score
                    if label in _OPENINGS and source not in _BEFORE_ARTICLES:
                        total += ending
                    elif label in _GOES_ON and not single:
                        total -= ending
                    if label not in step or total > step[label]:
                        step[label], came[label] = total, source
        if not step:
            label, source = Label.BODY, max(best, key=best.__getitem__)
            step, came = {label: best[source] - 20.0}, {label: source}
        best = step
        trace.append(came)
    label = max(best, key=lambda end: best[end] + _ENDS.get(end, 0.0))
    walk = [label]
    for came in reversed(trace):
        walk.append(came[walk[-1]])
    return walk[::-1]


def _ending(cue: Cues) -> float:
    """Return how strongly a line says that its article ends with it."""
    if cue.more is not None or cue.noise == "end":
        return 3.0
    if cue.noise == "more":
        return 2.5
    if cue.is_closing:
        return 1.0
    if cue.noise in {"separator", "comments"}:
        return 0.6
    return 0.4 if ends_cut_off(cue.line.text) else 0.0
