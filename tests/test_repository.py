"""What must be true of the repository as a whole."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
NEEDED = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["build"]]
# Put together from halves, so that this file doesn't name them.
UNWANTED = [
    "pypi" + ".org",
    "python" + "hosted",
    "npm" + "js.",
    "/" + "work/",
    "/" + "root/",
    "/" + "opt/",
    "issues" + " show",
]


def locked(name: str) -> dict[str, list[str]]:
    """The requirements of a lock (with version and marker), each with its hashes."""
    lines = (ROOT / "locks" / name).read_text().replace("\\\n", " ").splitlines()
    return {line.split("--hash=")[0].strip(): re.findall(r"--hash=sha256:([0-9a-f]{64})\b", line) for line in lines}


@pytest.mark.parametrize("name", ["course.txt", "test.txt"])
def test_every_locked_package_has_one_version_hashes_and_no_address(name):
    for requirement, hashes in locked(name).items():
        assert re.fullmatch(r"[\w.-]+==[\w.]+( ; .+)?", requirement)
        assert hashes, requirement
    assert "://" not in (ROOT / "locks" / name).read_text()


def test_the_test_lock_holds_the_learners_lock_so_that_both_share_one_venv():
    there = locked("test.txt")
    for requirement, hashes in locked("course.txt").items():
        everywhere = requirement.split(" ; ")[0]  # the tests may want on every computer what learners want on some
        assert hashes in (there.get(requirement), there.get(everywhere)), requirement


@pytest.mark.parametrize(
    ("name", "requirements"),
    [("course.txt", NEEDED), ("test.txt", [*NEEDED, *PROJECT["dependency-groups"]["test"]])],
)
def test_each_lock_names_what_the_project_asks_for(name, requirements):
    there = {requirement.split("==")[0] for requirement in locked(name)}
    assert {re.match(r"[\w-]+", requirement)[0] for requirement in requirements} <= there


def test_conda_is_told_the_same_as_pip():
    entries = re.findall(r"^ +- (\w[\w>=.-]+|-e \.)(?:  #.*)?$", (ROOT / "environment.yml").read_text(), re.MULTILINE)
    python = f"python{PROJECT['project']['requires-python']}"
    assert set(entries) - {"conda-forge", "pip"} == {python, "-e .", *NEEDED}


def test_every_dependency_says_why_it_is_there():
    text = (ROOT / "pyproject.toml").read_text()
    for requirement in [*NEEDED, *PROJECT["dependency-groups"]["test"]]:
        assert re.search(rf'^    "{re.escape(requirement)}", +# \w.{{10,}}$', text, re.MULTILINE), requirement


def test_the_readme_starts_with_the_two_commands():
    blocks = re.findall(r"^```\n(.*?)^```$", (ROOT / "README.md").read_text(), re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if line.startswith("python")]
    assert lines[:2] == ["python course.py", "python course.py test"]


def test_the_readme_says_what_the_pictures_are_not_for():
    assert "not for diagnosis" in (ROOT / "README.md").read_text()


def test_the_licences_are_there():
    assert PROJECT["project"]["license-files"] == ["LICENSE", "LICENSE-CC-BY-4.0"]
    assert "BSD 3-Clause" in (ROOT / "LICENSE").read_text()
    assert "CC BY 4.0" in (ROOT / "LICENSE-CC-BY-4.0").read_text()


def test_no_file_names_a_registry_or_a_folder_of_the_machine_it_was_made_on():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        text = path.read_text(errors="ignore") if path.is_file() else ""
        assert not [word for word in UNWANTED if word in text], name
