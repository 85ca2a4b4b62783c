"""Results of SPARQL queries that came over a network."""

import pyoxigraph as ox


def read_results(body: bytes, form: ox.QueryResultsFormat) -> ox.QuerySolutions | ox.QueryBoolean:
    """Return the rows or the answer in `body`, which is whole.

    Raises:
        SyntaxError: it is not of this form, or ends before its end.
        ValueError: a value in it is wrong.
    """
    found = ox.parse_query_results(body, form)
    if isinstance(found, ox.QueryBoolean):
        return found
    # Rows are read when they are asked for: what is wrong in the last one must not come to light in the middle of the output.
    for _ in found:
        pass
    return ox.parse_query_results(body, form)
