import type { Article, Claim, Thing } from "../data/wire";
import { capital, plural } from "../data/words";
import { Wikidata } from "../ui/links";
import type { Go } from "./go";
import { Said } from "./Said";

const ORDER = ["perpetrator", "target", "weapon", "place"];

interface Props {
  claims: Claim[];
  articles: ReadonlyMap<string, Article>;
  go: Go;
}

interface Fact {
  role: string;
  value: Thing;
  alleged: boolean;
  said: Claim[];
}

/** Who did it to whom, with what and where: one block a value, with all who say so. */
export function Facts({ claims, articles, go }: Props) {
  const facts = grouped(claims);
  if (facts.length === 0) return null;
  return (
    <section aria-label="Facts">
      <h3>Who, with what, where</h3>
      {facts.map((fact) => (
        <FactBlock key={`${fact.role} ${fact.value.iri}`} fact={fact} articles={articles} go={go} />
      ))}
    </section>
  );
}

function FactBlock({ fact, articles, go }: { fact: Fact; articles: Props["articles"]; go: Go }) {
  const { role, value, alleged, said } = fact;
  const isActor = role === "perpetrator" || role === "target";
  return (
    <details class="fact" open={role !== "place"}>
      <summary>
        <span class="role">{capital(role)}</span>
        <strong>{value.label}</strong>
        {alleged && <span class="alleged">alleged</span>}
        <span class="faint">{plural(new Set(said.map((claim) => claim.source.iri)).size, "source")}</span>
      </summary>
      {said.map((claim) => (
        <Said key={claim.iri} claim={claim} articles={articles} go={go} />
      ))}
      <p class="fact-links">
        {isActor ? (
          <button type="button" class="link" onClick={() => go.actor(value.iri)}>
            About this actor
          </button>
        ) : (
          <button type="button" class="link" onClick={() => go.filter(role === "weapon" ? "weapon" : "place", value.iri)}>
            {role === "weapon" ? "Events with this weapon" : "Events at this place"}
          </button>
        )}
        <Wikidata thing={value} />
      </p>
    </details>
  );
}

function grouped(claims: Claim[]): Fact[] {
  const facts = new Map<string, Fact>();
  for (const claim of claims) {
    if (claim.kind !== "role" || claim.value === null || claim.role === null) continue;
    const key = `${claim.role} ${claim.value.iri}`;
    const fact = facts.get(key) ?? { role: claim.role, value: claim.value, alleged: claim.alleged, said: [] };
    fact.said.push(claim);
    facts.set(key, fact);
  }
  const place = (role: string): number => (ORDER.includes(role) ? ORDER.indexOf(role) : ORDER.length);
  return [...facts.values()].sort((a, b) => place(a.role) - place(b.role) || b.said.length - a.said.length);
}
