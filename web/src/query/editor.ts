/** YASGUI for this server's endpoint alone: nothing is kept, fetched or completed from elsewhere. */

import "@zazuko/yasgui/build/yasgui.min.css";

import Yasgui from "@zazuko/yasgui";

import { DATA, described } from "../ui/links";

/** How the result table shortens IRIs. */
const PREFIXES = Object.fromEntries([
  ["ckg", "https://w3id.org/conflict-kg/ontology#"],
  ["wd", "http://www.wikidata.org/entity/"],
  ...["event", "claim", "casualty", "article", "place", "person", "organisation", "weapon", "group"].map((kind) => [
    kind,
    `${DATA}${kind}/`,
  ]),
]) as Record<string, string>;

export interface Editor {
  write: (sparql: string) => void;
  run: () => void;
  destroy: () => void;
}

export function makeEditor(box: HTMLElement, sparql: string, onQuery: (sparql: string) => void): Editor {
  Yasgui.Yasqe.defaults.autocompleters = ["variables"];
  const yasgui = new Yasgui(box, {
    requestConfig: { endpoint: new URL("/sparql", location.href).href, method: "POST" },
    persistenceId: null,
    populateFromUrl: false,
    copyEndpointOnNewTab: true,
    yasqe: { createShareableLink: null, persistenceId: null, autofocus: false, value: sparql } as never,
    yasr: { persistenceId: null, prefixes: PREFIXES } as never,
  });
  yasgui.getTab()?.getYasr().storePluginConfig("table", { compact: true, isEllipsed: true });
  const write = (text: string): void => {
    yasgui.getTab()?.setQuery(text);
  };
  write(sparql);
  for (const field of box.querySelectorAll("textarea")) field.setAttribute("aria-label", "SPARQL query");
  for (const region of box.querySelectorAll(".CodeMirror-scroll")) region.setAttribute("tabindex", "0");
  yasgui.on("query", () => onQuery(yasgui.getTab()?.getQuery() ?? ""));
  box.addEventListener("click", (event) => openHere(event));
  return {
    write,
    run: () => void yasgui.getTab()?.query(),
    destroy: () => box.replaceChildren(),
  };
}

/** Let the IRIs of the data in a result lead to their pages on this server. */
function openHere(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  const page = link && described(link.href);
  if (!page) return;
  event.preventDefault();
  open(page, "_blank", "noopener");
}
