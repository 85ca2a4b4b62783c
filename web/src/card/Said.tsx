import type { Article, Claim } from "../data/wire";
import { spaced } from "../data/words";
import { Sentence } from "../ui/Sentence";
import type { Go } from "./go";

/** Who says it, in which article, and how sure the machine is of it. */
export function Said({ claim, articles, go }: { claim: Claim; articles: ReadonlyMap<string, Article>; go?: Go }) {
  const article = claim.quote && articles.get(claim.quote.article);
  const { source } = claim;
  const open = go && source.kind !== "Article";
  return (
    <div class="said">
      {claim.quote && <Sentence quote={claim.quote} />}
      <p>
        {open ? (
          <button type="button" class="link" onClick={() => go.actor(source.iri)}>
            {source.label}
          </button>
        ) : (
          <span>{source.kind === "Article" && articles.size === 1 ? "The article itself" : source.label}</span>
        )}
        {claim.own && source.kind !== "Article" && <span class="faint">the article itself</span>}
        {claim.stance !== "Asserts" && <span class="stance">{spaced(claim.stance)}</span>}
        {article && !claim.own && articles.size > 1 && <cite>{article.title}</cite>}
        {claim.replaced && <span class="stance">corrected later</span>}
        {claim.confidence !== null && (
          <span class="faint" title="How sure the machine is that the article says this">
            {`${Math.round(claim.confidence * 100)} %`}
          </span>
        )}
      </p>
    </div>
  );
}
