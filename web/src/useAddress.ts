import { useCallback, useEffect, useRef, useState } from "preact/hooks";

import { format, parse, type State } from "./data/state";

const STEPS = ["view", "event", "actor", "accused", "query"] as const;

/**
 * The state of the page, kept in its address. A change of what is shown is a step that "back" undoes; a change of the
 * filters or of the map's view is not.
 */
export function useAddress(): [State, (next: State) => void] {
  const [state, setState] = useState(() => parse(location.hash));
  const current = useRef(state);
  const set = useCallback((next: State): void => {
    current.current = next;
    setState(next);
  }, []);
  useEffect(() => {
    const read = (): void => {
      if (format(current.current) !== location.hash) set(parse(location.hash));
    };
    addEventListener("popstate", read);
    addEventListener("hashchange", read);
    return () => {
      removeEventListener("popstate", read);
      removeEventListener("hashchange", read);
    };
  }, []);
  const change = useCallback((next: State): void => {
    const address = format(next);
    const step = STEPS.some((key) => current.current[key] !== next[key]);
    if (address !== location.hash) {
      if (step) history.pushState(null, "", address);
      else history.replaceState(null, "", address);
    }
    set(next);
  }, []);
  return [state, change];
}
