"""The embedded gazetteer, read-only: rows in, territories out.

One table of 39,000 rows. A search by name reads it from end to end (3 to 8 ms), which costs less than an index
would weigh. tools/gazetteer.py builds it, and describes its columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from diagsources.territory.values import ORDER, PARTS, Territory, usual_siren

if TYPE_CHECKING:
    import sqlite3

FILE = Path(__file__).with_name("gazetteer.sqlite")

_MAPPED = 4 << 20
"""Bytes of the file that are read where they lie, rather than copied page by page: half the time."""

_NUMBERS = {level: number for number, level in enumerate(ORDER)}
_SELECT = "SELECT folded, level, code, name, population, epci, siren, postal, part_of, kind, lon, lat FROM place "
_ONE = "WHERE level = ? AND code = ?"
_MEMBERS = {
    "pays": (("region",), "? = 'FR'"),
    "region": (("departement",), "part_of = ?"),
    "departement": (("epci",), "instr(' ' || part_of || ' ', ' ' || ? || ' ')"),
    "epci": (("commune",), "epci = CAST(? AS INTEGER)"),
    "ept": (("commune",), "code IN (SELECT commune FROM member WHERE ept = ?)"),
    "commune": (("arrondissement-municipal", *PARTS), "part_of = ?"),
}
"""What a territory of each level is made of: levels, and the condition on its code."""


class Found(NamedTuple):
    """What a search by words finds: enough to sort by, and to ask for the territory itself."""

    folded: str
    level: str
    code: str
    population: int
    departements: tuple[str, ...]


@contextmanager
def opened() -> Iterator[Gazetteer]:
    """The gazetteer, for the time of a question."""
    import sqlite3  # deferred: 11 ms, and most commands know no territory

    with closing(sqlite3.connect(f"{FILE.as_uri()}?mode=ro&immutable=1", uri=True)) as database:
        database.execute(f"PRAGMA mmap_size = {_MAPPED}")  # the default cache is smaller than the table
        yield Gazetteer(database)


class Gazetteer:
    """Questions to the gazetteer."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._seen: dict[tuple[str, str], Territory] = {}
        self._with_words: dict[frozenset[str], tuple[Found, ...]] = {}

    def about(self) -> dict[str, str]:
        """Vintage, source and licence."""
        return dict(self._database.execute("SELECT key, value FROM about"))

    def of(self, level: str, code: str) -> Territory | None:
        """The territory of that level and code."""
        if (level, code) not in self._seen:
            return next((each for _, each in self._territories(_ONE, (_NUMBERS[level], code))), None)
        return self._seen[level, code]

    def coded(self, code: str) -> tuple[Territory, ...]:
        """The territories that bear *code*, whatever their level."""
        where = f"WHERE level IN ({_numbers(ORDER)}) AND code = ?"
        return tuple(each for _, each in self._territories(where, (code,)))

    def with_siren(self, siren: str) -> tuple[Territory, ...]:
        """The commune of that SIREN."""
        # of a usual SIREN (values.usual_siren) the gazetteer keeps the Insee code alone
        code = siren[5:8]
        codes = (siren[2:4] + code, "2A" + code, "2B" + code)
        where = "WHERE siren = CAST(? AS INTEGER) OR level = ? AND code IN (?, ?, ?)"
        found = self._territories(where, (siren, _NUMBERS["commune"], *codes))
        return tuple(each for _, each in found if each.siren == siren)

    def with_postal_code(self, code: str) -> tuple[Territory, ...]:
        """The communes and arrondissements municipaux that *code* delivers to."""
        row = self._database.execute("SELECT places FROM postal WHERE code = ?", (code,)).fetchone()
        codes = row[0].split() if row else []
        places = (self.of(level, each) for each in codes for level in ("commune", "arrondissement-municipal"))
        return tuple(each for each in places if each is not None)

    def once_coded(self, code: str) -> Territory | None:
        """The living commune that took the place of the one that bore *code*."""
        row = self._database.execute("SELECT commune FROM former WHERE code = ?", (code,)).fetchone()
        return self.of("commune", row[0]) if row else None

    def named(self, names: Iterable[str]) -> tuple[tuple[str, Territory], ...]:
        """The territories whose folded name is one of *names*, each with that name."""
        wanted = tuple(names)
        return tuple(self._territories(f"WHERE folded IN ({_marks(wanted)})", wanted))

    def ending(self, name: str, *, after: Sequence[str]) -> tuple[tuple[str, Territory], ...]:
        """The territories whose folded name is one of *after*, then *name*; each with its folded name."""
        # the end first: a test of every row against eighty names takes three times as long
        where = f"WHERE substr(folded, ?) = ? AND substr(folded, 1, length(folded) - ?) IN ({_marks(after)})"
        return tuple(self._territories(where, (-len(name), name, len(name), *after)))

    def with_words(self, beginnings: frozenset[str]) -> tuple[Found, ...]:
        """What has, for each of *beginnings*, a word that begins with it."""
        if beginnings not in self._with_words:
            self._with_words[beginnings] = tuple(self._having(sorted(beginnings)))
        return self._with_words[beginnings]

    def _having(self, beginnings: Sequence[str]) -> Iterator[Found]:
        where = " AND ".join(["instr(' ' || folded, ' ' || ?)"] * len(beginnings))
        query = f"SELECT level, code, part_of, folded, population FROM place WHERE {where}"  # noqa: S608 - constants
        for number, code, part_of, folded, population in self._database.execute(query, beginnings):
            level = ORDER[number]
            yield Found(folded, level, code, population or 0, _departements_of(level, code, part_of))

    def departements(self) -> dict[str, str]:
        """The code of every département by its folded name."""
        query = "SELECT folded, code FROM place WHERE level = ?"
        return dict(self._database.execute(query, (_NUMBERS["departement"],)))

    def names(self) -> str:
        """All folded names, a line each: as one text, half the time of 39,000 rows."""
        text: str = self._database.execute("SELECT group_concat(folded, char(10)) FROM place").fetchone()[0]
        return text

    def members(self, territory: Territory) -> tuple[Territory, ...]:
        """What *territory* is made of, one level down, the most populous first."""
        if territory.level not in _MEMBERS:
            return ()
        levels, condition = _MEMBERS[territory.level]
        where = f"WHERE level IN ({_numbers(levels)}) AND {condition} ORDER BY population DESC, code"
        return tuple(each for _, each in self._territories(where, (territory.code,)))

    def every(self, level: str) -> tuple[Territory, ...]:
        """All the territories of *level*, the most populous first."""
        where = "WHERE level = ? ORDER BY population DESC, code"
        return tuple(each for _, each in self._territories(where, (_NUMBERS[level],)))

    def _territories(self, where: str, values: Sequence[str | int]) -> Iterator[tuple[str, Territory]]:
        for folded, number, code, *rest in self._database.execute(_SELECT + where, values).fetchall():
            key = ORDER[number], code
            if key not in self._seen:
                self._seen[key] = self._territory(*key, *rest)
            yield folded, self._seen[key]

    def _territory(
        self,
        level: str,
        code: str,
        name: str,
        population: int | None,
        epci: int | None,
        siren: int | None,
        postal: str | None,
        part_of: str | None,
        kind: str | None,
        lon: int | None,
        lat: int | None,
    ) -> Territory:
        departements = _departements_of(level, code, part_of)
        return Territory(
            level,
            code,
            name,
            population=population,
            siren=_siren_of(level, code, siren),
            kind=kind,
            postal_codes=tuple(postal.split()) if postal else (),
            departements=departements,
            lon=None if lon is None else lon / 1000,
            lat=None if lat is None else lat / 1000,
            **{"epci": self.of("epci", str(epci)) if epci else None, **self._larger(level, part_of, departements)},
        )

    def _larger(self, level: str, part_of: str | None, departements: Sequence[str]) -> dict[str, Any]:
        """The attributes that say where a territory lies; `epci` only of a part of a commune."""
        if level == "departement" and part_of:
            return {"region": self.of("region", part_of)}
        if level in ("commune", "epci", "ept"):
            departement = self.of("departement", departements[0])
            return {"departement": departement, "region": departement and departement.region}
        commune = self.of("commune", part_of) if part_of else None
        if commune is None:
            return {}
        larger = {"epci": commune.epci, "departement": commune.departement, "region": commune.region}
        return {"commune": commune, **larger}


def _numbers(levels: Iterable[str]) -> str:
    return ", ".join(str(_NUMBERS[level]) for level in levels)


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))


def _departements_of(level: str, code: str, part_of: str | None) -> tuple[str, ...]:
    """The départements that a territory lies in; the code of a commune begins with its own's."""
    if level in ("region", "pays"):
        return ()
    if level in ("epci", "ept"):
        return tuple((part_of or "").split())
    if level == "departement":
        return (code,)
    commune = part_of or code
    return (commune[:3] if commune.startswith(("97", "98")) else commune[:2],)


def _siren_of(level: str, code: str, kept: int | None) -> str | None:
    """The SIREN of which *kept* is what the gazetteer has: nothing for a commune's usual one, 0 for none."""
    if level in ("epci", "ept"):
        return code
    if level != "commune" or kept == 0:
        return None
    return usual_siren(code) if kept is None else str(kept)
