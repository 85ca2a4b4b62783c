import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";

import { get } from "../data/api";

export type Answer<T> = { state: "waiting"; why?: string } | { state: "there"; data: T } | { state: "failed"; reason: string };

/** Fetch JSON of the server when the address changes; `null` asks for nothing. */
export function useAnswer<T>(path: string | null, parameters: Record<string, string> = {}): Answer<T> & { again: () => void } {
  const [answer, setAnswer] = useState<Answer<T>>({ state: "waiting" });
  const [turn, setTurn] = useState(0);
  const key = path && `${path}?${new URLSearchParams(parameters)}`;
  useEffect(() => {
    if (path === null) return undefined;
    let current = true;
    setAnswer({ state: "waiting" });
    const asker = { wanted: () => current, preparing: (why: string) => current && setAnswer({ state: "waiting", why }) };
    get<T>(path, parameters, asker)
      .then((data) => current && setAnswer({ state: "there", data }))
      .catch((error: unknown) => {
        if (current) setAnswer({ state: "failed", reason: error instanceof Error ? error.message : String(error) });
      });
    return () => {
      current = false;
    };
  }, [key, turn]);
  return { ...answer, again: () => setTurn(turn + 1) };
}

interface Props<T> {
  answer: Answer<T> & { again: () => void };
  what: string;
  children: (data: T) => ComponentChildren;
}

/** Show data when they are there, what one waits for before, and why they are missing otherwise. */
export function Loaded<T>({ answer, what, children }: Props<T>) {
  if (answer.state === "there") return <>{children(answer.data)}</>;
  if (answer.state === "waiting") {
    return (
      <p class="waiting" role="status">
        {answer.why ? `Preparing ${what}: ${answer.why} They appear here by themselves.` : `Loading ${what} …`}
      </p>
    );
  }
  return (
    <div class="failed" role="alert">
      <p>
        <strong>{`Could not load ${what}.`}</strong> {answer.reason}
      </p>
      <button type="button" onClick={answer.again}>
        Try again
      </button>
    </div>
  );
}
