import type { Quote } from "../data/wire";

/** A sentence of an article with the words that count marked. */
export function Sentence({ quote }: { quote: Quote }) {
  return (
    <q class="sentence">
      {quote.before}
      <mark>{quote.words}</mark>
      {quote.after}
    </q>
  );
}
