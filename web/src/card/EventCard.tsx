import { useEffect, useRef } from "preact/hooks";

import { familyColor } from "../data/families";
import type { Card } from "../data/wire";
import { capital, country, fromIso, interval, spaced, withoutDay } from "../data/words";
import { described, Wikidata } from "../ui/links";
import { Facts } from "./Facts";
import type { Go } from "./go";
import { Readings } from "./Readings";
import { Related } from "./Related";
import { Speeches } from "./Speeches";
import { Tolls } from "./Tolls";

interface Props {
  card: Card;
  types: ReadonlyMap<string, string>;
  go: Go;
  onClose: () => void;
}

/** Everything that the graph holds of one event, and who says so. */
export function EventCard({ card, types, go, onClose }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [card.iri]);
  const titles = new Map(card.readings.map(({ article }) => [article.iri, article]));
  const page = described(card.iri);
  return (
    <article class="card" aria-labelledby="card-title" style={{ "--family": familyColor(card.family) }}>
      <header>
        <div class="card-bar">
          <button type="button" class="quiet back" onClick={onClose}>
            ← All events
          </button>
          {page && <a href={page}>Linked data</a>}
        </div>
        <p class="card-type">{types.get(card.type) ?? capital(spaced(card.type))}</p>
        <h2 id="card-title" ref={heading} tabIndex={-1}>
          {withoutDay(card.label)}
        </h2>
        <Basics card={card} go={go} />
      </header>
      <Tolls card={card} articles={titles} />
      <Facts claims={card.claims} articles={titles} go={go} />
      <Speeches claims={card.claims} articles={titles} go={go} />
      <Readings card={card} />
      <Related card={card} go={go} />
      <footer class="faint">
        Read out of the articles by a machine: it repeats what they say, perhaps wrongly. Check the words before you quote.
      </footer>
    </article>
  );
}

function Basics({ card, go }: { card: Card; go: Go }) {
  const when = interval(fromIso(card.start), fromIso(card.end));
  return (
    <dl class="basics">
      <div>
        <dt>When</dt>
        <dd>
          {when}
          {card.precision && card.precision !== "day" && <span class="faint">{` to the ${card.precision}`}</span>}
        </dd>
      </div>
      <div>
        <dt>Where</dt>
        <dd>
          {card.places.map((place) => (
            <span key={place.iri} class="place">
              <button type="button" class="link" onClick={() => go.filter("place", place.iri)}>
                {place.label}
              </button>
              {place.country && <span class="faint">{country(place.country)}</span>}
              <Wikidata thing={place} />
            </span>
          ))}
          {card.phrase && <span class="faint">{`“${card.phrase}”`}</span>}
          {card.places.length === 0 && !card.phrase && "unknown"}
        </dd>
      </div>
      <div>
        <dt>Status</dt>
        <dd>
          {spaced(card.status) || "unknown"}
          {card.confidence !== null && <span class="faint">{`machine confidence ${Math.round(card.confidence * 100)} %`}</span>}
        </dd>
      </div>
    </dl>
  );
}
