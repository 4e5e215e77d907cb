import type { Person } from './person.ts';

/** Accepts the edition that waits for an answer. */
export async function acceptHandOver(by: Person, path: string, subject: string): Promise<void> {
  const { items } = await by.get(`/${path}?subject=${subject}&state=offered`);
  await by.move(path, items[0].id, 'accept');
}
