import type { Article, Thing } from "../data/wire";

export const DATA = "https://w3id.org/conflict-kg/id/";

/** A link off this server: followed only when a reader clicks it, and then without telling from where. */
export function Outside({ href, children, label }: { href: string; children: string; label?: string }) {
  return (
    <a class="outside" href={href} rel="noopener noreferrer external" target="_blank" aria-label={label}>
      {children}
    </a>
  );
}

/** The page of Wikidata on a thing, where the graph links to one. */
export function Wikidata({ thing }: { thing: Thing }) {
  if (thing.link === null || thing.kind === "Article") return null;
  return (
    <Outside href={thing.link.replace(/^http:/, "https:")} label={`${thing.label} in Wikidata`}>
      Wikidata
    </Outside>
  );
}

/** The title of an article, as a link where its address is known. */
export function ArticleTitle({ article }: { article: Article }) {
  return article.link === null ? <cite>{article.title}</cite> : <cite><Outside href={article.link}>{article.title}</Outside></cite>;
}

/** Where this server describes an IRI, `null` when it is not of its data. */
export const described = (iri: string): string | null => (iri.startsWith(DATA) ? `/id/${iri.slice(DATA.length)}` : null);
