import type { Card, Passage } from "../data/wire";
import { day, fromIso } from "../data/words";
import { ArticleTitle } from "../ui/links";

/** The articles as the graph quotes them, with all words about the event marked. */
export function Readings({ card }: { card: Card }) {
  return (
    <section aria-label="In the articles">
      <h3>{card.readings.length === 1 ? "In the article" : "In the articles"}</h3>
      {card.readings.map(({ article, passages }) => {
        const published = fromIso(article.published);
        return (
          <details key={article.iri} class="reading" open={card.readings.length === 1}>
            <summary>
              <ArticleTitle article={article} />
              <span class="faint">
                {[article.publisher, published === null ? "" : day(published)].filter(Boolean).join(", ")}
              </span>
              {article.invented && <span class="alleged">invented sample</span>}
            </summary>
            <p class="passages">
              {passages.map((passage, at) => (
                <Text key={passage.start} passage={passage} before={passages[at - 1]} />
              ))}
            </p>
            <p class="faint">The graph keeps the sentences that it draws on, not the whole text.</p>
          </details>
        );
      })}
    </section>
  );
}

/** One passage; what the graph leaves out before it shows as an ellipsis. */
function Text({ passage, before }: { passage: Passage; before: Passage | undefined }) {
  const letters = [...passage.text];
  const cut = (from: number, to?: number): string => letters.slice(from, to).join("");
  const gap = before ? passage.start - (before.start + [...before.text].length) : passage.start;
  const ends = [0, ...passage.marks.map(([, to]) => to)];
  return (
    <span class={passage.marks.length > 0 ? "about" : "around"}>
      {gap > 3 && <span class="gap">[…] </span>}
      {passage.marks.map(([from, to], at) => (
        <>
          {cut(ends[at]!, from)}
          <mark>{cut(from, to)}</mark>
        </>
      ))}
      {cut(ends.at(-1)!)}{" "}
    </span>
  );
}
