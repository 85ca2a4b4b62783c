import type { Article, Claim } from "../data/wire";
import { spaced } from "../data/words";
import { Sentence } from "../ui/Sentence";
import type { Go } from "./go";

/** What quoted sources say about the event, and whom they accuse. */
export function Speeches({ claims, articles, go }: { claims: Claim[]; articles: ReadonlyMap<string, Article>; go: Go }) {
  const speeches = claims.filter((claim) => claim.kind === "speech");
  if (speeches.length === 0) return null;
  return (
    <section aria-label="What sources say">
      <h3>What sources say</h3>
      {speeches.map((claim) => (
        <Speech key={claim.iri} claim={claim} article={claim.quote && articles.get(claim.quote.article)} go={go} />
      ))}
    </section>
  );
}

interface Props {
  claim: Claim;
  article?: Article | null | undefined;
  go: Go;
  event?: boolean;
}

/** One speech: the source, what it does with its words, towards whom, and the words. */
export function Speech({ claim, article, go, event = false }: Props) {
  return (
    <div class={`speech stance-${claim.stance.toLowerCase()}`}>
      <p class="speech-head">
        <button type="button" class="link" onClick={() => go.actor(claim.source.iri)}>
          {claim.source.label}
        </button>
        <span class="stance">{spaced(claim.stance)}</span>
        {claim.accused && (
          <button type="button" class="link" onClick={() => go.actor(claim.accused!.iri)}>
            {claim.accused.label}
          </button>
        )}
      </p>
      {claim.quote && <Sentence quote={claim.quote} />}
      <p class="faint">
        {event && claim.event && (
          <button type="button" class="link" onClick={() => go.event(claim.event!.iri)}>
            {claim.event.label}
          </button>
        )}
        {article && <cite>{article.title}</cite>}
        {claim.confidence !== null && <span>{`${Math.round(claim.confidence * 100)} %`}</span>}
      </p>
    </div>
  );
}
