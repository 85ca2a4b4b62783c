import { useMemo, useState } from "preact/hooks";

import type { Go } from "../card/go";
import type { State } from "../data/state";
import type { Table } from "../data/table";
import type { Relations } from "../data/wire";
import { number } from "../data/words";
import { Loaded, useAnswer } from "../ui/Loaded";
import { Matrix } from "./Matrix";
import { Profile } from "./Profile";
import { actorsOf, type Actor } from "./roles";

const SHOWN = 60;

interface Props {
  table: Table;
  state: State;
  go: Go;
  onChange: (state: State) => void;
}

/** All actors, who speaks of whom, and one actor at a time. */
export function Actors({ table, state, go, onChange }: Props) {
  const answer = useAnswer<Relations>("/explorer/relations");
  return (
    <Loaded answer={answer} what="the actors">
      {(relations) => <Known relations={relations} table={table} state={state} go={go} onChange={onChange} />}
    </Loaded>
  );
}

function Known({ relations, table, state, go, onChange }: Props & { relations: Relations }) {
  const actors = useMemo(() => actorsOf(table, relations), [table, relations]);
  const show = (actor: string | null, accused: string | null): void => onChange({ ...state, actor, accused });
  return (
    <div class={`actors ${state.actor === null ? "" : "has-actor"}`}>
      <ActorList actors={actors} chosen={state.actor} onChoose={(iri) => show(iri, null)} />
      <div class="actors-main">
        {state.actor === null ? (
          <Matrix relations={relations} onChoose={(source, accused) => show(source.iri, accused.iri)} />
        ) : (
          <Profile
            key={`${state.actor} ${state.accused}`}
            iri={state.actor}
            actor={actors.find(({ iri }) => iri === state.actor)}
            accused={state.accused}
            go={go}
            onClose={() => show(null, null)}
          />
        )}
      </div>
    </div>
  );
}

function ActorList({ actors, chosen, onChoose }: { actors: Actor[]; chosen: string | null; onChoose: (iri: string) => void }) {
  const [text, setText] = useState("");
  const wanted = text.trim().toLowerCase();
  const found = wanted ? actors.filter(({ label }) => label.toLowerCase().includes(wanted)) : actors;
  return (
    <nav class="actor-list" aria-label="Actors">
      <label class="search">
        <span>Search</span>
        <input
          type="search"
          value={text}
          placeholder={`Find among ${number(actors.length)} actors`}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <ul>
        {found.slice(0, SHOWN).map((actor) => (
          <li key={actor.iri}>
            <button type="button" aria-current={actor.iri === chosen} onClick={() => onChoose(actor.iri)}>
              <span>{actor.label}</span>
              <small>{summary(actor)}</small>
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p class="faint">No actor of this name.</p>}
      {found.length > SHOWN && <p class="faint">{`${number(found.length - SHOWN)} more: search for them.`}</p>}
    </nav>
  );
}

function summary({ events, accused, kind }: Actor): string {
  const parts = [
    kind.toLowerCase(),
    events.perpetrator + events.alleged > 0 && `acts in ${number(events.perpetrator + events.alleged)}`,
    events.target > 0 && `hit in ${number(events.target)}`,
    events.source > 0 && `heard in ${number(events.source)}`,
    accused > 0 && `accused ${number(accused)}×`,
  ];
  return parts.filter(Boolean).join(" · ");
}
