/** The JSON of `/explorer/*`, as `kg/serve/explorer/` writes it. */

export interface Columns {
  types: { id: string[]; label: string[]; parent: string[] };
  entities: {
    prefix: string;
    iri: string[];
    label: string[];
    kind: string[];
    country: (string | null)[];
    lat: (number | null)[];
    long: (number | null)[];
  };
  events: {
    prefix: string;
    iri: string[];
    label: string[];
    type: number[];
    status: string[];
    start: (number | null)[];
    end: (number | null)[];
    low: (number | null)[];
    high: (number | null)[];
    place: number[][];
    perpetrator: number[][];
    alleged: number[][];
    target: number[][];
    weapon: number[][];
    source: number[][];
  };
}

export interface Thing {
  iri: string;
  label: string;
  kind: string;
  link: string | null;
  country: string | null;
}

export interface Quote {
  article: string;
  before: string;
  words: string;
  after: string;
  at: number;
}

export interface Claim {
  iri: string;
  kind: "role" | "casualty" | "speech";
  stance: string;
  source: Thing;
  own: boolean;
  confidence: number | null;
  quote: Quote | null;
  event: Thing | null;
  role: string | null;
  value: Thing | null;
  alleged: boolean;
  accused: Thing | null;
  content: string | null;
  harm: string | null;
  low: number | null;
  high: number | null;
  group: string | null;
  category: string | null;
  rivals: string[];
  replaced: boolean;
}

export interface Article {
  iri: string;
  title: string;
  published: string | null;
  publisher: string | null;
  link: string | null;
  invented: boolean;
}

export interface Passage {
  start: number;
  text: string;
  marks: [number, number][];
}

export interface Card {
  iri: string;
  label: string;
  type: string;
  family: string;
  status: string;
  start: string | null;
  end: string | null;
  precision: string | null;
  confidence: number | null;
  places: Thing[];
  phrase: string | null;
  ranges: { harm: string; low: number | null; high: number | null }[];
  claims: Claim[];
  triggers: Quote[];
  readings: { article: Article; passages: Passage[] }[];
  parts: Thing[];
  whole: Thing[];
  later: Thing[];
  earlier: Thing[];
}

export interface Relations {
  actors: Thing[];
  pairs: { source: number; accused: number; stance: string; count: number }[];
}

export interface Speeches {
  total: number;
  claims: Claim[];
}

export interface CannedQuery {
  name: string;
  summary: string;
  text: string;
}
