import type { Go } from "../card/go";
import { Speech } from "../card/Speeches";
import type { Speeches, Thing } from "../data/wire";
import { country, number, plural } from "../data/words";
import { Loaded, useAnswer } from "../ui/Loaded";
import { described, Wikidata } from "../ui/links";
import { ROLES, type Actor, type Role } from "./roles";

const NAMES: Record<Role, string> = {
  perpetrator: "perpetrator, in an article’s own words",
  alleged: "alleged perpetrator",
  target: "target",
  source: "source",
};

interface Props {
  iri: string;
  actor: Actor | undefined;
  /** Whom the speeches are about; anybody when left out. */
  accused: string | null;
  go: Go;
  onClose: () => void;
}

/** One actor: its roles in events, what it says of others, and what others say of it. */
export function Profile({ iri, actor, accused, go, onClose }: Props) {
  const thing = useAnswer<Thing>("/explorer/actor", { iri });
  const other = useAnswer<Thing>(accused === null ? null : "/explorer/actor", { iri: accused ?? "" });
  return (
    <article class="profile" aria-label="Actor">
      <button type="button" class="quiet back" onClick={onClose}>
        ← All actors
      </button>
      <Loaded answer={thing} what="the actor">
        {(known) => (
          <>
            <header>
              <p class="card-type">{known.kind}</p>
              <h2>{known.label}</h2>
              <p class="fact-links">
                {known.country && <span class="faint">{country(known.country)}</span>}
                <Wikidata thing={known} />
                {described(known.iri) && <a href={described(known.iri)!}>Linked data</a>}
              </p>
            </header>
            {actor && <Roles actor={actor} go={go} />}
            {accused === null ? (
              <div class="columns">
                <Said title={`What ${known.label} says`} parameters={{ source: iri }} go={go} />
                <Said title={`What others say of ${known.label}`} parameters={{ accused: iri }} go={go} />
              </div>
            ) : (
              <>
                <Said
                  title={`What ${known.label} says of ${other.state === "there" ? other.data.label : "…"}`}
                  parameters={{ source: iri, accused }}
                  go={go}
                />
                <button type="button" class="link" onClick={() => go.actor(iri)}>
                  {`Everything about ${known.label}`}
                </button>
              </>
            )}
          </>
        )}
      </Loaded>
    </article>
  );
}

function Roles({ actor, go }: { actor: Actor; go: Go }) {
  const most = Math.max(1, ...ROLES.map((role) => actor.events[role]));
  return (
    <dl class="roles" aria-label="Roles in events">
      {ROLES.map((role) => (
        <div key={role}>
          <dt>{NAMES[role]}</dt>
          <dd>
            <span class="role-bar" style={{ width: `${(actor.events[role] / most) * 100}%` }} aria-hidden="true" />
            {actor.events[role] > 0 ? (
              <button type="button" class="link" onClick={() => go.filter(role === "source" ? "source" : "actor", actor.iri)}>
                {plural(actor.events[role], "event")}
              </button>
            ) : (
              <span class="faint">no event</span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Said({ title, parameters, go }: { title: string; parameters: Record<string, string>; go: Go }) {
  const answer = useAnswer<Speeches>("/explorer/speeches", parameters);
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <Loaded answer={answer} what="what is said">
        {({ claims, total }) => (
          <>
            {claims.length === 0 && <p class="faint">Nothing in this graph.</p>}
            {claims.map((claim) => (
              <Speech key={claim.iri} claim={claim} go={go} event />
            ))}
            {total > claims.length && <p class="faint">{`The first ${number(claims.length)} of ${number(total)}.`}</p>}
          </>
        )}
      </Loaded>
    </section>
  );
}
