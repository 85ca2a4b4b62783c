import { useEffect, useMemo, useState } from "preact/hooks";

import { Actors } from "./actors/Actors";
import type { Go } from "./card/go";
import { start, toggled, VIEWS, type State } from "./data/state";
import { makeTable, type Table } from "./data/table";
import type { Columns } from "./data/wire";
import { capital, number } from "./data/words";
import { Explorer } from "./Explorer";
import { QueryView } from "./query/QueryView";
import { keep, theme as currentTheme, type Theme } from "./theme";
import { Loaded, useAnswer } from "./ui/Loaded";
import { useAddress } from "./useAddress";

export function App() {
  const [state, change] = useAddress();
  const [theme, setTheme] = useState<Theme>(currentTheme);
  const answer = useAnswer<Columns>("/explorer/events");
  const table = useMemo(() => (answer.state === "there" ? makeTable(answer.data) : null), [answer.state]);
  useEffect(() => {
    document.title = `${capital(state.view)} – Conflict explorer`;
  }, [state.view]);
  const turn = (): void => {
    const next = theme === "light" ? "dark" : "light";
    keep(next);
    setTheme(next);
  };
  return (
    <>
      <a class="skip" href="#main" onClick={skip}>
        Skip to the content
      </a>
      <Header state={state} table={table} theme={theme} onTheme={turn} onChange={change} />
      <main id="main" tabIndex={-1}>
        {state.view === "query" ? (
          <QueryView state={state} onChange={change} />
        ) : (
          <Loaded answer={answer} what="the events">
            {() => table && <Events table={table} state={state} theme={theme} onChange={change} />}
          </Loaded>
        )}
      </main>
    </>
  );
}

function Events({ table, state, theme, onChange }: { table: Table; state: State; theme: Theme; onChange: (state: State) => void }) {
  const go = useMemo(() => makeGo(table, state, onChange), [table, state]);
  if (table.count === 0) return <Empty />;
  return state.view === "actors" ? (
    <Actors table={table} state={state} go={go} onChange={onChange} />
  ) : (
    <Explorer table={table} state={state} theme={theme} go={go} onChange={onChange} />
  );
}

function makeGo(table: Table, state: State, change: (state: State) => void): Go {
  const { entities, events } = table;
  return {
    event: (iri) => change({ ...state, view: "events", event: iri.replace(events.prefix, "") }),
    actor: (iri) => change({ ...state, view: "actors", actor: iri, accused: null }),
    filter: (facet, iri) => {
      const key = iri.replace(entities.prefix, "");
      change(toggled({ ...start(), map: null, view: "events" }, facet, [key], true));
    },
  };
}

function Empty() {
  return (
    <div class="failed">
      <p>
        <strong>This graph holds no events.</strong> Build one from articles with <code>kg build PATH… --store DIR</code>, then start{" "}
        <code>kg serve --store DIR</code> again.
      </p>
    </div>
  );
}

interface HeaderProps {
  state: State;
  table: Table | null;
  theme: Theme;
  onTheme: () => void;
  onChange: (state: State) => void;
}

function Header({ state, table, theme, onTheme, onChange }: HeaderProps) {
  return (
    <header class="top">
      <h1>
        Conflict explorer
        {table && <small>{`${number(table.count)} events`}</small>}
      </h1>
      <nav aria-label="Views">
        {VIEWS.map((view) => (
          <a
            key={view}
            href={`#/${view}`}
            aria-current={state.view === view ? "page" : undefined}
            onClick={(event) => {
              event.preventDefault();
              onChange({ ...state, view });
            }}
          >
            {capital(view)}
          </a>
        ))}
      </nav>
      <div class="top-tools">
        <CopyLink />
        <button type="button" class="quiet" onClick={onTheme} aria-label={`Switch to ${theme === "light" ? "dark" : "light"} colours`}>
          <span aria-hidden="true">{theme === "light" ? "☾" : "☀"}</span>
        </button>
      </div>
    </header>
  );
}

/** Copy the address, which holds all filters and what is open. */
function CopyLink() {
  const [done, setDone] = useState("");
  const copy = async (): Promise<void> => {
    const copied = await navigator.clipboard?.writeText(location.href).then(
      () => true,
      () => false,
    );
    setDone(copied ? "Copied" : "Copy the address bar");
    setTimeout(() => setDone(""), 2500);
  };
  return (
    <>
      <button type="button" class="quiet" aria-label="Copy link" onClick={() => void copy()}>
        {done || "Copy link"}
      </button>
      <span class="hidden" role="status">
        {done}
      </span>
    </>
  );
}

function skip(event: Event): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}
