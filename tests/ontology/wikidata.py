"""Write ``ontology/wikidata.tsv`` anew: ``python -m tests.ontology.wikidata``.

The items are those of rigour, OpenSanctions' maintained table of territories, which the tests
install and newsgraph does not: it needs ICU to be built. ``test_countries.py`` compares the two.
"""

from pathlib import Path

from rigour.territories import get_territories

from ontology.countries import HISTORICAL, country_code, country_names

FILE = Path(__file__).parents[2] / "ontology" / "wikidata.tsv"
HEAD = """\
# The Wikidata items of countries by ISO 3166-1 alpha-2 code (former codes for former states).
# Columns, tab-separated: the code; the item. Written by `python -m tests.ontology.wikidata` from
# rigour, Copyright (c) OpenSanctions Datenbanken GmbH, MIT licence. Wikidata's data is CC0.
"""
_FORMER = 4
"""The letters of a former country's code (ISO 3166-3), which begins with the one it had."""


def table() -> str:
    """The text of the file."""
    territories = list(get_territories())
    items = {code.upper(): item.qid for item in territories for code in item.other_codes}
    items |= {item.code.upper(): item.qid for item in territories}
    for item in territories:
        if item.is_historical and len(item.code) == _FORMER:
            items.setdefault(item.code[:2].upper(), item.qid)
    codes = {code for code in country_names() if country_code(code) == code} | HISTORICAL
    return HEAD + "".join(f"{code}\t{items[code]}\n" for code in sorted(codes) if code in items)


if __name__ == "__main__":
    FILE.write_text(table(), encoding="utf-8")
