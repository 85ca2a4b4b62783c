import type { Article, Card, Claim } from "../data/wire";
import { capital, range, spaced } from "../data/words";
import { Said } from "./Said";

const HARMS = ["Killed", "Injured", "Missing", "Captured", "Detained", "Displaced"];

/** Rival counts of victims, one line a claim, on one scale for each harm. */
export function Tolls({ card, articles }: { card: Card; articles: ReadonlyMap<string, Article> }) {
  const counts = card.claims.filter((claim) => claim.kind === "casualty");
  if (counts.length === 0) return null;
  const harms = [...new Set(counts.map((claim) => claim.harm ?? "Unknown"))];
  harms.sort((a, b) => HARMS.indexOf(a) - HARMS.indexOf(b));
  return (
    <section aria-label="Victims">
      <h3>Victims</h3>
      {harms.map((harm) => (
        <Harm
          key={harm}
          harm={harm}
          bounds={card.ranges.find((one) => one.harm === harm)}
          claims={counts.filter((claim) => (claim.harm ?? "Unknown") === harm)}
          articles={articles}
        />
      ))}
    </section>
  );
}

interface HarmProps {
  harm: string;
  bounds: Card["ranges"][number] | undefined;
  claims: Claim[];
  articles: ReadonlyMap<string, Article>;
}

function Harm({ harm, bounds, claims, articles }: HarmProps) {
  const most = Math.max(1, ...claims.map(({ low, high }) => Math.max(low ?? 0, high ?? 0)));
  const open = claims.some(({ low, high }) => low === null || high === null);
  const scale = most * (open ? 1.18 : 1.04);
  const ordered = [...claims].sort((a, b) => (b.low ?? b.high ?? 0) - (a.low ?? a.high ?? 0));
  const known = bounds && (bounds.low !== null || bounds.high !== null);
  return (
    <figure class="harm">
      <figcaption>
        <strong>{capital(spaced(harm))}</strong>
        {known && <span class="total">{range(bounds.low, bounds.high)}</span>}
        {claims.some((claim) => claim.rivals.length > 0) && <span class="alleged">sources disagree</span>}
      </figcaption>
      <ul>
        {ordered.map((claim) => (
          <li key={claim.iri}>
            <details>
              <summary>
                <span class="toll-source">{claim.source.kind === "Article" && articles.size === 1 ? "the article" : claim.source.label}</span>
                <Bar claim={claim} scale={scale} />
                <span class="toll-number">{range(claim.low, claim.high)}</span>
                <span class="toll-group">{claim.group ?? spaced(claim.category ?? "")}</span>
              </summary>
              <Said claim={claim} articles={articles} />
            </details>
          </li>
        ))}
      </ul>
    </figure>
  );
}

/** From the least to the greatest count; an open end fades out. */
function Bar({ claim, scale }: { claim: Claim; scale: number }) {
  const { low, high } = claim;
  const from = ((low ?? 0) / scale) * 100;
  const to = high === null ? 100 : (high / scale) * 100;
  const kind = low === null ? "open-low" : high === null ? "open-high" : "closed";
  const denied = claim.stance === "Denies" || claim.stance === "Doubts" || claim.replaced;
  return (
    <span class={`bar ${denied ? "denied" : ""}`} aria-hidden="true">
      {low !== null && <span class="bar-base" style={{ width: `${from}%` }} />}
      <span class={`bar-range ${kind}`} style={{ left: `${from}%`, width: `${Math.max(1.2, to - from)}%` }} />
    </span>
  );
}
