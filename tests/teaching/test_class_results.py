"""200 result files, ten of them bad in ten ways: the ten are named, and the numbers of the rest are those of pandas."""

import json
import os
from dataclasses import replace
from math import sqrt

import numpy as np
import pandas as pd
import pytest

from calcifications.learning import KINDS
from calcifications.learning import result as result_room
from calcifications.learning.scores import RADIOLOGISTS
from calcifications.teaching.results.again import ENOUGH, MOST, weak
from calcifications.teaching.results.class_results import gather
from calcifications.teaching.results.file import files_in
from calcifications.teaching.results.numbers import agreements, items, spread
from calcifications.teaching.results.told import labels, left_out, summary
from tests.teaching.sat import PLAN, name, sat, signed

MANY = 200


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """200 files: 190 students who sat the exam, and ten files that don't count."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda number: None)  # a class has many disks
        return handed_in(tmp_path_factory, patch)


def handed_in(tmp_path_factory, patch):
    sitting, out = tmp_path_factory.mktemp("sitting"), tmp_path_factory.mktemp("class")
    exam, chance = PLAN.exam(), np.random.default_rng(5)
    for number in range(MANY - 10):
        result = sat(sitting, exam, name(number), chance, able=float(chance.normal(0.62, 0.2)))
        (out / f"{number:03}.txt").write_bytes(result.text())
    good = result.text()
    (out / "altered.txt").write_bytes(good.replace(b'"right": false', b'"right": true ', 1))
    (out / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (out / "cut off.txt").write_bytes(good[: len(good) // 2])
    (out / "doubled.txt").write_bytes(good)
    (out / "empty.txt").write_bytes(b"")
    (out / "future.txt").write_bytes(signed(result.values | {"version": 9}))
    (out / "huge.txt").write_bytes(good * (5_000_000 // len(good)))
    (out / f"{'absurd ' * 30}\u202e\x07.txt").write_bytes(b"my holidays")
    other = replace(PLAN, seed=12).exam()
    (out / "other exam.txt").write_bytes(sat(sitting, other, "Olga Other", chance).text())
    patch.setattr(result_room, "key_version", lambda: "0123456789ab")
    (out / "other key.txt").write_bytes(sat(sitting, exam, "Karl Key", chance).text())
    assert len(list(out.iterdir())) == MANY
    return out


@pytest.fixture(scope="module")
def results(folder):
    return gather(files_in(folder))


@pytest.fixture(scope="module")
def table(folder):
    """Every question of every good file, a row each, read without a line of the course's code."""
    rows = []
    for path in sorted(folder.glob("[0-9]*.txt")):
        values = json.loads(path.read_text(encoding="utf-8").rpartition("sha256 ")[0])
        for place, question in enumerate(values["questions"]):
            rows.append({"file": path.name, "place": place, **question})
    return pd.DataFrame(rows)


def test_each_of_the_ten_is_named_with_its_reason(results):
    told = left_out(results, labels(results, numbers=False))
    assert len(results.handed) == MANY - 10
    assert len(told) == 10
    for begins, reason in {
        "altered.txt": "was changed since it was written.",
        "binary.txt": "is no text file, so it is no result.",
        "cut off.txt": "is cut off: its last line is missing.",
        "doubled.txt": "is the same sitting again; what counts is 189.txt.",
        "empty.txt": "is empty.",
        "future.txt": "was written by another version of the course; this one reads 1 and 2.",
        "huge.txt": "is larger than a result can be: at most 4 MB.",
        "absurd absurd": "is no result of an exam.",
        "other exam.txt": f"is of another exam: {replace(PLAN, seed=12).exam().seal[:12]}, where most are of "
        f"{PLAN.exam().seal[:12]}.",
        "other key.txt": "was marked by another version of the key: 0123456789ab, where most have ",
    }.items():
        (line,) = [line for line in told if line.startswith(begins)]
        assert reason in line
        assert line.isprintable()
        assert len(line) < 200


def test_the_spread_of_scores_is_that_of_pandas(results, table):
    scores = table.groupby("file")["right"].sum()
    found = spread(results.handed)
    assert (found.results, found.questions) == (len(scores), 9)
    for name_, value in {
        "mean": scores.mean(), "sd": scores.std(), "median": scores.median(), "low": scores.min(), "high": scores.max(),
    }.items():  # fmt: skip
        assert getattr(found, name_) == pytest.approx(value)
    wide = table.pivot(index="file", columns="place", values="right").astype(int)
    assert found.alpha == pytest.approx(9 / 8 * (1 - wide.var().sum() / wide.sum(axis=1).var()))
    assert len(set(scores)) > 5


def test_difficulty_discrimination_and_the_usual_mistake_are_those_of_pandas(results, table):
    wide = table.pivot(index="file", columns="place", values="right").astype(int)
    for place, found in enumerate(items(results.handed)):
        mine, one = wide[place], table[table["place"] == place]
        assert found.share == pytest.approx(mine.mean())
        assert found.low < found.share < found.high
        assert found.discrimination == pytest.approx(mine.corr(wide.sum(axis=1) - mine))
        assert found.unanswered == one["answer"].isna().sum()
        assert found.seconds == pytest.approx(one["seconds"].median())
        wrong = one[~one["right"] & one["said"].notna()]["said"].value_counts()
        assert found.taken_for[1] == wrong.max()
        assert wrong[found.taken_for[0]] == wrong.max()
    assert max(found.discrimination for found in items(results.handed)) > 0.1


def kappa(pairs):
    counts = pd.crosstab(pairs["word"], pairs["said"])
    words = counts.index.union(counts.columns)
    counts = counts.reindex(index=words, columns=words, fill_value=0)
    shares = counts / counts.to_numpy().sum()
    chance = (shares.sum(axis=1) * shares.sum(axis=0)).sum()
    return (np.trace(shares) - chance) / (1 - chance)


def test_kappa_and_its_interval_are_those_of_pandas(results, table):
    found = {each.kind: each for each in agreements(results.handed)}
    assert set(found) == {"form", "distribution", "category"} <= set(RADIOLOGISTS)
    for kind, mine in found.items():
        pairs = table[(table["kind"] == kind) & table["answer"].notna()].copy()
        pairs["said"] = pairs["said"].where(~pairs["right"], pairs["word"])
        assert mine.answers == len(pairs)
        assert mine.kappa == pytest.approx(kappa(pairs))
        students = pairs["file"].unique()
        without = np.array([kappa(pairs[pairs["file"] != student]) for student in students])
        error = sqrt((len(students) - 1) ** 2 / len(students) * without.var(ddof=1))
        assert (mine.low, mine.high) == pytest.approx((mine.kappa - 1.96 * error, mine.kappa + 1.96 * error))


def test_what_is_to_be_taught_again_is_what_was_known_least(results, table):
    shares = table.groupby(["kind", "word"])["right"].agg(["mean", "size"])
    low = shares[shares["mean"] < ENOUGH].sort_values("mean")
    found = weak(results.handed)
    assert 0 < len(found) <= MOST
    assert [each.share for each in found] == pytest.approx(low["mean"].head(MOST).tolist())
    for each in found:
        assert shares.loc[(each.kind, each.word), "size"] == each.answers
        assert str(each).startswith(
            f"{KINDS[each.kind].title.capitalize()}: {each.word}. {100 * each.share:.0f} % right"
        )


def test_without_names_no_name_and_no_file_is_told(results, tmp_path, monkeypatch):
    monkeypatch.setenv("CALCIFICATIONS_HOME", str(tmp_path))
    told = summary(results, numbers=True)
    assert "Ågren" not in told
    assert ".txt" not in told
    assert len(told.splitlines()) == len(summary(results).splitlines())
    assert summary(results, numbers=True) == told
    monkeypatch.setenv("CALCIFICATIONS_HOME", str(tmp_path / "elsewhere"))
    assert summary(results, numbers=True) != told, "only this computer knows whose number it is"
