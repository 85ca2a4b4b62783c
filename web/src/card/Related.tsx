import type { Card, Thing } from "../data/wire";
import type { Go } from "./go";

/** Other events that this one is part of, consists of, comes before or after. */
export function Related({ card, go }: { card: Card; go: Go }) {
  const groups: [string, Thing[]][] = [
    ["Part of", card.whole],
    ["Consists of", card.parts],
    ["After", card.earlier],
    ["Before", card.later],
  ];
  const known = groups.filter(([, events]) => events.length > 0);
  if (known.length === 0) return null;
  return (
    <section aria-label="Related events">
      <h3>Related events</h3>
      <dl class="basics">
        {known.map(([name, events]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {events.map((event) => (
                <button key={event.iri} type="button" class="link" onClick={() => go.event(event.iri)}>
                  {event.label}
                </button>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
