"""Vectors of texts: the same every time, near for near texts, blind to what they cannot see."""

import hashlib
import json
import math
import subprocess
import sys
from pathlib import Path

import pytest

from ontology import meaning
from ontology.meaning import DIMENSIONS, vector

pytestmark = pytest.mark.skipif(not meaning.available(), reason="wordllama is not installed")

TEXT = "North Korea has stopped sending artillery shells to Russia."


def cosine(one: str, other: str) -> float:
    left, right = vector(one), vector(other)
    assert left is not None
    assert right is not None
    return sum(a * b for a, b in zip(left, right, strict=True))


def test_a_vector_has_length_one_and_few_digits() -> None:
    found = vector(TEXT)
    assert found is not None
    assert len(found) == DIMENSIONS
    assert math.isclose(math.hypot(*found), 1, abs_tol=1e-3)
    assert all(round(number, 4) == number for number in found)


def test_another_process_makes_the_same_vector() -> None:
    script = (
        "import json, sys; from ontology.meaning import vector; "
        "print(json.dumps(vector(*sys.argv[1:])))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, TEXT, "A minister", "Shells"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == vector(TEXT, "A minister", "Shells")


def test_the_vectors_are_those_of_the_version_that_the_index_is_named_after() -> None:
    # If this fails, the number at the end of MEANING_INDEX has to change with the vectors.
    digest = hashlib.sha256(json.dumps(vector(TEXT, "A minister", "Shells")).encode())
    assert digest.hexdigest()[:16] == "3c322cd85d0a54fa"


def test_words_are_divided_as_the_models_tokenizer_divides_them() -> None:
    pieces = meaning._pieces()
    names = {number: piece for piece, number in pieces._numbers.items()}

    def of(word: str) -> list[str]:
        return [names[number] for number in pieces.of(word)]

    assert of("artillery") == ["▁art", "illery"]
    assert of("nato") == ["▁n", "ato"]
    assert of("☃") == ["▁", "<0xE2>", "<0x98>", "<0x83>"]


def test_near_texts_are_nearer_than_others_whatever_their_words() -> None:
    asked = "Weapons deliveries to Moscow have ended"
    assert cosine(asked, TEXT) > 0.2 > cosine(asked, "Yields of soybean will fall by a tenth.")
    assert cosine("SHELLS FOR RUSSIA", "shells for Russia") == pytest.approx(1, abs=1e-3)


def test_what_has_no_words_has_no_vector() -> None:
    assert vector("") is None
    assert vector("?! …") is None
    assert vector("", "Somebody") is None
