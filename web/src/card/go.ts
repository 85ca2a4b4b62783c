import type { FacetName } from "../data/table";

/** Where a card may lead: all by IRI. */
export interface Go {
  event: (iri: string) => void;
  actor: (iri: string) => void;
  filter: (facet: FacetName, iri: string) => void;
}
