/** Asks a server for JSON; throws its answer where it has none for us. */
export async function fetched<T>(url: string): Promise<T> {
  const answer = await fetch(url);
  if (!answer.ok) throw answer;
  return (await answer.json()) as T;
}
