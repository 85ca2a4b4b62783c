import { useEffect, useRef, useState } from "preact/hooks";

import type { State } from "../data/state";
import type { CannedQuery } from "../data/wire";
import { capital } from "../data/words";
import { Loaded, useAnswer } from "../ui/Loaded";
import type { Editor } from "./editor";

interface Props {
  state: State;
  onChange: (state: State) => void;
}

/** SPARQL: the canned queries, and an editor that is loaded only here. */
export function QueryView({ state, onChange }: Props) {
  const answer = useAnswer<CannedQuery[]>("/queries");
  return (
    <Loaded answer={answer} what="the queries">
      {(queries) => <Known queries={queries} state={state} onChange={onChange} />}
    </Loaded>
  );
}

/** A canned query without what it says of its columns; its parameters stay, to tell which values to change. */
const shown = (text: string): string => text.replace(/^#\+ (summary|column).*\n/gm, "");

function Known({ queries, state, onChange }: Props & { queries: CannedQuery[] }) {
  const chosen = queries.find(({ name }) => name === state.query) ?? queries[0];
  const sparql = state.sparql ?? (chosen ? shown(chosen.text) : "SELECT * { ?s ?p ?o } LIMIT 10");
  return (
    <div class="queries">
      <nav aria-label="Canned queries">
        <h2>Canned queries</h2>
        <ul>
          {queries.map(({ name, summary }) => (
            <li key={name}>
              <button
                type="button"
                aria-current={state.sparql === null && name === chosen?.name}
                onClick={() => onChange({ ...state, query: name, sparql: null })}
              >
                <span>{capital(name.replaceAll("-", " "))}</span>
                <small>{summary}</small>
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <EditorBox
        sparql={sparql}
        onQuery={(text) => {
          const canned = queries.find((query) => shown(query.text) === text);
          onChange({ ...state, query: canned?.name ?? state.query, sparql: canned ? null : text });
        }}
      />
    </div>
  );
}

function EditorBox({ sparql, onQuery }: { sparql: string; onQuery: (text: string) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor | null>(null);
  const written = useRef(sparql);
  const tell = useRef(onQuery);
  tell.current = onQuery;
  const [problem, setProblem] = useState("");
  useEffect(() => {
    let current = true;
    import("./editor")
      .then(({ makeEditor }) => {
        if (!current || !box.current) return;
        editor.current = makeEditor(box.current, written.current, (text) => {
          written.current = text;
          tell.current(text);
        });
      })
      .catch(() => setProblem("The editor could not be loaded. Is the server still running?"));
    return () => {
      current = false;
      editor.current?.destroy();
      editor.current = null;
    };
  }, []);
  useEffect(() => {
    if (written.current === sparql) return;
    written.current = sparql;
    editor.current?.write(sparql);
  }, [sparql]);
  return (
    <section class="editor" aria-label="SPARQL">
      {problem && <p role="alert">{problem}</p>}
      <div ref={box} />
    </section>
  );
}
