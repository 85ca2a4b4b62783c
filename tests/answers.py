"""An answer about the sample text of `tests.samples`, as a model gives it."""

from kg.llm.answer import (
    Answer,
    AnswerCasualty,
    AnswerClaim,
    AnswerEntity,
    AnswerEvent,
    AnswerParticipant,
    AnswerPlace,
    AnswerTime,
)
from kg.records import EntityKind, Harm, Role, Stance, Status, VictimCategory


def toll(low: int | None, high: int | None, group: str, category: VictimCategory, quote: str) -> AnswerCasualty:
    """Return a count of killed people that no claim tells."""
    return AnswerCasualty(harm=Harm.KILLED, low=low, high=high, group=group, category=category, quote=quote, claim=None)


BELGOROD = AnswerEntity(id="belgorod", kind=EntityKind.PLACE, named=True, names=("Belgorod",))
KYIV = AnswerEntity(id="kyiv", kind=EntityKind.PLACE, named=True, names=("Kyiv",))
ROCKETS = AnswerEntity(id="rockets", kind=EntityKind.WEAPON, named=False, names=("rockets",))
IVANOV = AnswerEntity(id="ivanov", kind=EntityKind.PERSON, named=True, names=("Gen. Ivanov", "Ivanov"))
MAYOR = AnswerEntity(id="mayor", kind=EntityKind.PERSON, named=False, names=("The mayor",))
PERPETRATOR = AnswerParticipant(role=Role.PERPETRATOR, entity="kyiv", quote="Kyiv", claim="blame")
WEAPON = AnswerParticipant(role=Role.WEAPON, entity="rockets", quote="rockets", claim="blame")
SHELLING = AnswerEvent(
    id="x",
    type="Shelling",
    trigger="Shelling",
    status=Status.OCCURRED,
    time=AnswerTime(start="2023-12-30", end="2023-12-30", quote="Saturday"),
    place=AnswerPlace(entity="belgorod", quote="Belgorod", claim=None),
    participants=(PERPETRATOR, WEAPON),
    casualties=(
        toll(21, 21, "people", VictimCategory.ANY_PERSON, "21 people"),
        toll(3, 3, "children", VictimCategory.CHILDREN, "three of them children"),
        toll(25, None, "people", VictimCategory.ANY_PERSON, "at least 25 people"),
    ),
)
BLAME = AnswerClaim(
    id="blame",
    stance=Stance.ACCUSES,
    claimant="ivanov",
    claimant_quote="Gen. Ivanov",
    cue="accused",
    content="firing rockets",
    about="x",
    target="kyiv",
    target_quote="Kyiv",
)
COUNT = AnswerClaim(
    id="count",
    stance=Stance.ASSERTS,
    claimant="mayor",
    claimant_quote="The mayor",
    cue="said",
    content="at least 25 people died",
    about="x",
    target=None,
    target_quote=None,
)
ANSWER = Answer(entities=(BELGOROD, KYIV, ROCKETS, IVANOV, MAYOR), events=(SHELLING,), claims=(BLAME, COUNT))
EMPTY = Answer(entities=(), events=(), claims=())
