"""A real Virtuoso: loading, broken connections, and every canned query with the rows of the embedded store and of rdflib."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pyoxigraph as ox
import pytest

from benchmarks.generate import generate
from kg.config import RemoteConfig
from kg.errors import EndpointError
from kg.query import Query, bind
from kg.query.remote import Endpoint
from kg.store import parse
from kg.store.remote import Loaded, Target, load
from kg.store.remote.profile import Profile, find_profile
from kg.store.remote.secrets import Secrets
from tests import virtuoso
from tests.conftest import SMALL
from tests.cutter import cutter
from tests.queries import QUERIES, bound, plain, select
from tests.virtuoso import PASSWORD, USER, Virtuoso

pytestmark = pytest.mark.integration

GRAPH = "https://example.org/small"
LARGE = "https://example.org/large"
TRIPLES = 20_000
"""How many the larger graph has, but for a claim about nothing."""
PROFILE = find_profile("virtuoso")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    """A server that holds the small graph and a larger one of its shape; without the program this fails."""
    with virtuoso.serve(tmp_path_factory.mktemp("virtuoso")) as running:
        send(running.url, SMALL, GRAPH)
        send(running.url, large(running.folder), LARGE)
        yield running


def large(folder: Path) -> Path:
    file = folder / "large.nt"
    if not file.exists():
        lines = list(generate(SMALL, TRIPLES))
        file.write_text("".join([*lines, *about_nothing(lines)]), "utf-8")
    return file


def about_nothing(lines: list[str]) -> Iterator[str]:
    """Yield the triples of a claim about no event, in the shape of one among `lines`."""
    claim = next(line.split()[0] for line in lines if line.endswith("#Accuses> .\n"))
    told = (line for line in lines if line.startswith(claim) and "#about>" not in line)
    return (line.replace(claim, f"{claim[:-1]}-about-nothing>", 1) for line in told)


def count(server: Virtuoso) -> int:
    return len(large(server.folder).read_text("utf-8").splitlines())


def send(url: str, file: Path, graph: str, *, profile: Profile = PROFILE, password: str = PASSWORD) -> Loaded:
    target = Target(to=url, profile=profile, graph=graph, replace=True, journals=file.parent / f"loads-{profile.bytes}")
    config = RemoteConfig(timeout=120, max_wait=0.1)
    return load(file, target, secrets=Secrets(USER, password), config=config)


def rows(found: object, columns: list[str]) -> list[tuple[object, ...]]:
    assert isinstance(found, ox.QuerySolutions)
    return [tuple(plain(row[name]) for name in columns) for row in found]


@pytest.fixture(scope="module")
def embedded(server: Virtuoso) -> ox.Store:
    store = ox.Store()
    store.bulk_load(path=large(server.folder), format=ox.RdfFormat.N_TRIPLES)
    return store


@pytest.mark.parametrize("values", ["default", "given"])
@pytest.mark.parametrize("query", QUERIES.values(), ids=list(QUERIES))
def test_virtuoso_gives_the_rows_of_the_embedded_store(
    query: Query, values: str, server: Virtuoso, small: ox.Store, embedded: ox.Store
) -> None:
    """rdflib gives them too: tests/contract/test_queries.py."""
    text = bound(query, values)
    columns = [column.name for column in query.columns]
    for store, graph in ((small, GRAPH), (embedded, LARGE)):
        theirs = rows(Endpoint(server.sparql, graph=graph).run(text), columns)
        assert theirs == rows(select(store, text), columns)


@pytest.mark.parametrize("attack", ['" } } INSERT DATA { <a:b> <a:c> 1 } #', "\\", "\\u0022 } #", "ü\n😀"])
def test_values_stay_values(server: Virtuoso, attack: str) -> None:
    assert rows(Endpoint(server.sparql, graph=GRAPH).run(bind(QUERIES["sources"], {"name": attack})), ["source"]) == []


def test_loading_keeps_every_triple(server: Virtuoso, small: ox.Store) -> None:
    # Virtuoso makes geometries of its own out of geo:wktLiteral, with fewer digits; ckg:lat and ckg:long stay as they are.
    found = Endpoint(server.sparql, graph=GRAPH).run("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o FILTER(?p != geo:asWKT) }")
    assert isinstance(found, ox.QueryTriples)
    assert set(found) == {quad.triple for quad in small if not quad.predicate.value.endswith("#asWKT")}


def test_geometries_are_no_samples(server: Virtuoso, tmp_path: Path) -> None:
    # "Bad datatype code: DB.DBA.RDF_OBJ_ADD" is what Virtuoso says to ASK for one.
    file = tmp_path / "points.nt"
    lines = (line for line in large(server.folder).read_text("utf-8").splitlines(keepends=True) if "#asWKT" in line)
    file.write_text("".join(sorted(lines)[:1]), "utf-8")
    assert send(server.url, file, "urn:points").graphs == {"urn:points": 1}


@pytest.mark.parametrize("profile", ["virtuoso", "update"])
def test_strings_arrive_as_they_are(server: Virtuoso, tmp_path: Path, profile: str) -> None:
    file = tmp_path / "tricky.nt"
    file.write_text(r"""<urn:a> <urn:b> "\\u0041 \" \\ \n\t" .
<urn:a> <urn:b> "ü 😀 שלום"@de .
<urn:a> <urn:b> "_:x .\n" .
""", "utf-8")  # fmt: skip
    update = Profile(to="", query="/sparql", update="/sparql-auth", auth=PROFILE.auth, triples=1_000)
    send(server.url, file, f"urn:{profile}", profile=PROFILE if profile == "virtuoso" else update)
    found = Endpoint(server.sparql, graph=f"urn:{profile}").run("SELECT ?o { ?s ?p ?o }")
    assert {str(row["o"]) for row in found} == {str(quad.object) for quad in parse(file)}


def test_names_arrive_as_they_are(server: Virtuoso, tmp_path: Path) -> None:
    names = ["a.b", "a(b)", "a%20b", "-x", "a.", "a/b?c=d#e", "it's", "1", "é", "a_", "*+~$!"]
    file = tmp_path / "names.nt"
    file.write_text("".join(f"<https://w3id.org/conflict-kg/id/event/{name}> <urn:b> 1 .\n" for name in names), "utf-8")
    send(server.url, file.rename(file.with_suffix(".ttl")), "urn:names")
    found = Endpoint(server.sparql, graph="urn:names").run("SELECT ?s { ?s ?p ?o }")
    assert {row["s"].value.rpartition("/event/")[2] for row in found} == set(names)


def test_a_connection_that_is_killed_resumes_to_the_same_count(server: Virtuoso) -> None:
    cut = Profile(to="", named=PROFILE.named, query=PROFILE.query, auth=PROFILE.auth, bytes=500_000)
    with cutter(server.port) as line:
        line.cuts = [100_000, 300_000, 400_000]
        done = send(line.url, large(server.folder), "urn:cut", profile=cut)
    assert line.cut == 3
    assert done.graphs == {"urn:cut": count(server)}


def test_requests_at_once_that_lock_each_other_out_lose_nothing(server: Virtuoso) -> None:
    busy = msgspec.structs.replace(PROFILE, bytes=100_000, parallel=4)
    assert send(server.url, large(server.folder), "urn:busy", profile=busy).graphs == {"urn:busy": count(server)}


def test_a_load_that_gave_up_goes_on_where_it_was(server: Virtuoso, tmp_path: Path) -> None:
    file = tmp_path / "large.nt"
    file.write_bytes(large(server.folder).read_bytes())
    cut = Profile(to="", named=PROFILE.named, query=PROFILE.query, auth=PROFILE.auth, bytes=500_000)
    with cutter(server.port) as line:
        line.cuts = [1_200_000, *[300_000] * 5]
        with pytest.raises(EndpointError, match="tried 6 times"):
            send(line.url, file, "urn:dead", profile=cut)
        assert line.cuts == []
        done = send(line.url, file, "urn:dead", profile=cut)
    assert done.graphs == {"urn:dead": count(server)}
    assert done.skipped > 0


def test_the_words_of_virtuoso_are_told(server: Virtuoso, tmp_path: Path) -> None:
    file = tmp_path / "one.ttl"
    file.write_text("<urn:a> <urn:b> 1 .")
    with pytest.raises(EndpointError, match="401 Unauthorized; set KG_STORE_USER"):
        send(server.url, file, "urn:refused", password="wrong")  # noqa: S106 - on purpose


def test_an_error_in_a_query_is_told(server: Virtuoso) -> None:
    with pytest.raises(EndpointError, match="syntax error at 'nonsense'"):
        Endpoint(server.sparql).run("SELECT ?s { ?s ?p nonsense }")
