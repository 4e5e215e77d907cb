// What stands beside the records: links, shares, keys, files and conditions that one audience alone sees, and what each side says on
// what both share.
import { randomUUIDv7 } from 'node:crypto';
import type { TestApplication } from '../application.ts';
import { keyOf } from '../keys.ts';
import type { Audience, Planted } from '../planted.ts';
import type { Ground } from './ground.ts';
import type { People, Reader } from './readers.ts';

interface Standing {
  app: TestApplication;
  ground: Ground;
  people: People;
  readers: readonly Reader[];
  records: readonly Planted[];
}

/** What each side said on shared records, and who it is. */
export interface Facets {
  near: Set<string>;
  far: Set<string>;
  internal: Set<string>;
}

/** Each with an address of its own and no record; `type` is the first part of the address, `ref` of a file its record. */
export async function plantBeside(standing: Standing): Promise<Planted[]> {
  const { near, far, desk } = standing.people;
  const sides = [
    ['own', near],
    ['foreign', far],
    ['internal', desk],
  ] as const;
  const made: Planted[] = await filesOn(standing);
  for (const [audience, by] of sides) {
    made.push(thing(await linked(standing, audience), 'links', audience));
    made.push(thing(await conditioned(standing, audience), 'conditions', audience));
    made.push(thing(await keyed(standing, by.id), 'keys', audience));
    if (audience !== 'internal') made.push(thing(await shared(standing, audience, by), 'shares', audience));
  }
  return made;
}

const thing = (id: string, type: string, audience: Audience): Planted => ({ id, ref: '', type, audience, word: '' });

function one({ records }: Standing, audience: Audience, type: string): Planted {
  const found = records.find((each) => each.audience === audience && each.type === type);
  if (!found) throw new Error(`no ${audience} ${type} is planted`);
  return found;
}

async function linked(standing: Standing, audience: Audience): Promise<string> {
  const [from, to] = [one(standing, audience, 'incident').id, one(standing, audience, 'problem').id];
  return (await standing.people.desk.post('/links', { type: 'relatesTo', from, to })).body.id;
}

async function shared(standing: Standing, audience: Audience, by: People['near']): Promise<string> {
  const { desk, third } = standing.people;
  const path = `/records/${one(standing, audience, 'incident').id}/shares`;
  await desk.post(path, { customer: third, reason: 'They ask.' });
  return (await by.get(path)).body.items[0].id;
}

/** A condition under which a design was found complete. */
async function conditioned(standing: Standing, audience: Audience): Promise<string> {
  const { app, ground, people } = standing;
  const subject = one(standing, audience, 'design-package');
  await ground.approved('P3', subject, 'P');
  const id = randomUUIDv7();
  await ground.sql(
    `insert into core.condition (provider_id, id, decision_id, subject_id, text, owner_id)
     select $1, $2, d.id, $3, $4, $5
     from core.decision d
     where d.subject_id = $3
     limit 1`,
    [app.providerId, id, subject.id, `Under ${subject.word}.`, audience === 'own' ? people.near.id : people.desk.id],
  );
  return id;
}

/** A further key of somebody's, which may be revoked while the one that calls stays. */
async function keyed({ app }: Standing, person: string): Promise<string> {
  await keyOf(app, person, 'beside');
  const { rows } = await app.database.ownerPool.query<{ id: string }>(
    `select id from core.api_key where person_id = $1 and name = 'beside'`,
    [person],
  );
  return rows[0]?.id ?? '';
}

/** A file of every record that may have some, with the record's own word in its name. */
async function filesOn({ app, readers, records }: Standing): Promise<Planted[]> {
  const by = readers.find(({ name }) => name === 'every role of P');
  const made: Planted[] = [];
  for (const { id, type, audience, word } of records) {
    const definition = app.application.registry.records.get(type)?.definition;
    if (!by || !definition?.traits?.files) continue;
    const path = `/${definition.path}/${id}/files?name=${word}.txt&audience=${audience === 'internal' ? 'internal' : 'public'}`;
    const { body, status } = await by.client.upload(path, Buffer.from(`Says ${word}.`));
    if (status !== 201) throw new Error(`no file of a ${type}: ${JSON.stringify(body)}`);
    made.push({ id: body.id, ref: id, type: 'files', audience, word: '' });
  }
  return made;
}

/** Each side says something on what both share, and the provider among its own. */
export async function sayOnShared({ app, people, records }: Standing): Promise<Facets> {
  const { near, far, desk } = people;
  const facets: Facets = {
    near: new Set([near.id, people.one]),
    far: new Set([far.id, people.other]),
    internal: new Set(),
  };
  for (const { id, type } of records.filter(({ audience }) => audience === 'shared')) {
    const path = app.application.registry.records.get(type)?.definition.path;
    for (const [by, side] of [
      [near, 'near'],
      [far, 'far'],
      [desk, 'internal'],
    ] as const) {
      const word = `zs${side}said`;
      facets[side].add(word);
      if (side !== 'internal')
        await by.post(`/records/${id}/attestations`, { gate: null, title: `Title ${word}`, statement: word });
      const audience = side === 'internal' ? 'internal' : 'public';
      await by.post(`/${path}/${id}/notes`, { audience, text: `Note ${word}` });
    }
  }
  return facets;
}
