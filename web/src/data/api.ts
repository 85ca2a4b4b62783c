/** Asking the server; every address is on this server. */

export class ServerError extends Error {}

const PREPARING = 202;
const SECOND = 1000;

/** Whether the answer is still wanted, and who is told what the server does until then. */
export interface Asker {
  wanted: () => boolean;
  preparing: (words: string) => void;
}

/**
 * Fetch JSON, or throw a `ServerError` that says what went wrong in words for a reader. What the server still prepares is asked
 * for again until it is there.
 */
export async function get<T>(path: string, parameters: Record<string, string>, asker: Asker): Promise<T> {
  const query = new URLSearchParams(parameters).toString();
  const address = query ? `${path}?${query}` : path;
  for (;;) {
    const answer = await ask(address);
    if (!answer.ok) throw new ServerError(await reason(answer));
    if (answer.status !== PREPARING) return (await answer.json()) as T;
    if (!asker.wanted()) throw new ServerError("Nobody waits for the answer any more.");
    asker.preparing(((await answer.json()) as { preparing: string }).preparing);
    await new Promise((wake) => setTimeout(wake, Number(answer.headers.get("Retry-After") ?? 1) * SECOND));
  }
}

async function ask(address: string): Promise<Response> {
  try {
    return await fetch(address, { headers: { Accept: "application/json" } });
  } catch {
    throw new ServerError("The server does not answer. Is `kg serve` still running?");
  }
}

async function reason(answer: Response): Promise<string> {
  const body: unknown = await answer.json().catch(() => null);
  if (typeof body === "object" && body !== null && "error" in body && typeof body.error === "string") {
    return body.error;
  }
  return `The server answers with status ${answer.status}.`;
}
