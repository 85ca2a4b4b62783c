"""Terms of N-Triples in queries."""

import re

_ESCAPE = re.compile(r"\\\\([uU])|\\.", re.DOTALL)


def in_sparql(written: str) -> str:
    r"""Return terms as N-Triples write them in a form that means the same in a query.

    Some engines decode \uXXXX before they read strings: an escaped backslash must not look like the start of one. Escapes
    are read one after another, so that the second half of one is not taken for the start of the next.
    """
    return _ESCAPE.sub(lambda found: rf"\\\U{ord(found[1]):08X}" if found[1] else found[0], written)
