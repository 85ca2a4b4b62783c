"""Which language a text is written in, and articles of one language alone."""

from collections import Counter

from kg.config import ReadConfig
from kg.errors import MissingExtraError
from kg.read.found import Findings, Found
from kg.read.problem import Problem, Severity

_ENOUGH = 2_000
"""Characters that tell the language of any text; more cost time alone."""


def language_of(text: str) -> str:
    """Return the BCP 47 tag of the language that `text` is most likely written in.

    Source: https://github.com/adbar/py3langid, a naive Bayes classifier of 97 languages.

    >>> language_of("Rebels shelled the town on Monday."), language_of("Bei dem Angriff starben zwölf Menschen.")
    ('en', 'de')

    Raises:
        MissingExtraError: py3langid is not installed.
    """
    try:
        import py3langid  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("telling languages needs: pip install 'conflict-kg[warc]'") from error
    return str(py3langid.classify(text[:_ENOUGH])[0])


def only(findings: Findings, name: str, config: ReadConfig) -> Findings:
    """Pass on the articles written in the configured language, and count the others in one warning at the end.

    Args:
        findings: what was read.
        name: where, for the warning.
        config: names the language.

    Raises:
        MissingExtraError: py3langid is not installed.
    """
    wanted = config.language.partition("-")[0].lower()
    others: Counter[str] = Counter()
    for found in findings:
        if isinstance(found, Found) and (language := language_of(found.article.text)) != wanted:
            others[language] += 1
        else:
            yield found
    if others:
        told = ", ".join(f"{language} {count}" for language, count in sorted(others.items()))
        message = f"{others.total()} articles in other languages were left out ({told}): only {wanted} is read"
        yield Problem(severity=Severity.WARNING, path=name, message=message)
