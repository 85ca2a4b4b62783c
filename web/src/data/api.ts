/** Asking the server; every address is on this server. */

export class ServerError extends Error {}

/** Fetch JSON, or throw a `ServerError` that says what went wrong in words for a reader. */
export async function get<T>(path: string, parameters: Record<string, string> = {}): Promise<T> {
  const query = new URLSearchParams(parameters).toString();
  const address = query ? `${path}?${query}` : path;
  let answer: Response;
  try {
    answer = await fetch(address, { headers: { Accept: "application/json" } });
  } catch {
    throw new ServerError("The server does not answer. Is `kg serve` still running?");
  }
  if (!answer.ok) throw new ServerError(await reason(answer));
  return (await answer.json()) as T;
}

async function reason(answer: Response): Promise<string> {
  const body: unknown = await answer.json().catch(() => null);
  if (typeof body === "object" && body !== null && "error" in body && typeof body.error === "string") {
    return body.error;
  }
  return `The server answers with status ${answer.status}.`;
}
