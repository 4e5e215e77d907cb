// What an import made is taken back whole or not at all, whoever names it at the same moment.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { mappingSchema } from '../../core/import/mapping.ts';
import { startImport } from '../../core/import/run.ts';
import { findUpload, uploadSource } from '../../core/import/uploads.ts';
import { verify } from '../../core/journal/verify.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import type { Answer, Client } from '../support/client.ts';
import { heldUp } from '../support/held-up.ts';
import { signedIn } from '../support/session.ts';
import { runningService } from '../support/service.ts';

const mapping = {
  format: 1,
  zone: 'Europe/London',
  timeFormat: 'yyyy-MM-dd HH:mm',
  missing: [''],
  key: 'case',
  occurredAt: 'at',
  state: { column: 'state', values: { Open: { state: 'new' } } },
  title: '{case}',
  fields: {
    team: { column: 'desk', as: 'team' },
    assignee: { column: 'by', as: 'provider_person' },
    component: { column: 'part', as: 'component' },
  },
};
const log = ['case,at,state,desk,by,part', 'C-1,2026-03-01 08:00,Open,Quay desk,Moa Lind,Crane 7'].join('\n');

let app: TestApplication;
let administrator: Client;
let session: Client;
let desk: Client;
let service: string;
beforeAll(async () => {
  app = await createTestApplication();
  administrator = await app.person('Ada Min', ['ADM', 'SDK', 'SOW']);
  session = await signedIn(app, administrator);
  desk = await app.person('Dee Desk', ['SDK', 'INM', 'PRM', 'SOW']);
  service = await runningService(app, { title: 'Cranes' });
});
afterAll(() => app.close());

interface Made {
  run: string;
  person: string;
  team: string;
  component: string;
  incident: string;
}

/** An incident with its team, person and component, all made by an import of a source of its own. */
async function brought(source: string): Promise<Made> {
  const { body } = await administrator.upload('/import-uploads?name=log.csv', Buffer.from(log));
  const wanted = { upload: body.id, type: 'incident', mapping: { ...mapping, source } };
  const { id: run } = (await administrator.post('/imports', wanted)).body.import;
  await vi.waitFor(async () => {
    expect((await administrator.get(`/imports/${run}`)).body.import.state).toBe('ended');
  }, 60_000);
  const { rows } = await app.database.ownerPool.query<{ type: string; id: string }>(
    'select record_type as type, record_id as id from core.source_key where made_by = $1',
    [run],
  );
  return { run, ...Object.fromEntries(rows.map(({ type, id }) => [type, id])) } as Made; // one of each type
}

const takeBack = ({ run }: Made) => administrator.post(`/imports/${run}/take-back`, { reason: 'The wrong file.' });
const stands = async (id: string) =>
  (await app.database.ownerPool.query('select from core.record where id = $1', [id])).rowCount === 1;
const differences = async () =>
  (await verify(app.database.ownerPool, app.application.registry, app.keysFolder)).differences;

type Names = (made: Made) => Promise<Answer>;

/** Whatever names what an import made, with which of it that names. */
const ways: [string, Exclude<keyof Made, 'run'>, Names][] = [
  [
    'a right',
    'person',
    (made) => administrator.post('/role-grants', { title: 'Right', person: made.person, role: 'SDK' }),
  ],
  [
    'a loan',
    'person',
    (made) =>
      administrator.post('/delegations', {
        title: 'Loan',
        delegator: administrator.id,
        delegate: made.person,
        role: 'SDK',
        validFrom: '2026-03-02T09:00:00Z',
        validTo: '2026-03-09T09:00:00Z',
      }),
  ],
  ['a one-time link', 'person', (made) => session.post(`/people/${made.person}/invitation`)],
  ['a team', 'person', (made) => administrator.post('/teams', { title: 'Night', members: [{ person: made.person }] })],
  ['an owner', 'person', (made) => desk.post('/incidents', { title: 'Owned', service, owner: made.person })],
  ['an assignment', 'person', (made) => desk.post('/incidents', { title: 'Assigned', service, assignee: made.person })],
  ['a team of a case', 'team', (made) => desk.post('/incidents', { title: 'For them', service, team: made.team })],
  [
    'a component of a case',
    'component',
    (made) => desk.post('/incidents', { title: 'At it', service, component: made.component }),
  ],
  [
    'a link',
    'incident',
    async (made) => {
      const { id } = await desk.create('incidents', { title: 'Linked', service });
      return desk.post('/links', { type: 'related-to', from: id, to: made.incident });
    },
  ],
  [
    'a note',
    'incident',
    (made) => desk.post(`/incidents/${made.incident}/notes`, { audience: 'internal', text: 'Looked.' }),
  ],
];

// Looked at besides: every field of every type that names a record or a person, those in lists too; owners of conditions; keys
// and accounts, which hold their person; another import, which waits for the source.
describe('what an import made, taken back while it is named by', () => {
  it.each(ways)('%s: either stands with its name, or is gone and named by nobody', async (what, named, name) => {
    for (const held of new Set([named, 'incident'] as const)) {
      const made = await brought(`${what} ${held}`);
      const [back, other] = await heldUp(
        app,
        { text: 'select 1 from core.record where id = $1 for update', values: [made[held]] },
        { first: () => takeBack(made), between: () => name(made) },
      );
      for (const { status } of [back, other]) expect(status).toBeLessThan(500);
      expect({ held, stands: await stands(made[named]), named: other.status < 300 }).toEqual({
        held,
        stands: other.status < 300 || back.status >= 300,
        named: other.status < 300,
      });
    }
    expect(await differences()).toEqual([]);
  });
});

it('an import that sets what was taken back meanwhile on each record is refused, and writes none', async () => {
  const { component, ...made } = await brought('before');
  const { body } = await administrator.upload('/import-uploads?name=log.csv', Buffer.from(log));
  const { upload } = { upload: body.id as string };
  const kept = await findUpload(app.application.pool, app.providerId, upload);
  if (!kept) throw new Error('the file is not there');
  expect((await takeBack({ component, ...made })).status).toBe(200);
  // As if it was chosen before that: the door to it asks first.
  const fields = { team: mapping.fields.team };
  const { result } = await startImport({
    application: app.application,
    caller: { principal: systemPrincipal(app.providerId, 'import', null), channel: 'import', requestId: 'test' },
    source: uploadSource(app.application.pool, app.providerId, kept),
    upload,
    type: 'incident',
    mapping: mappingSchema.parse({ ...mapping, fields, source: 'after' }),
    given: { component },
    customer: null,
    isDry: false,
  });
  await expect(result).rejects.toMatchObject({ refused: { refusals: [{ code: 'import.given' }] } });
  const { rowCount } = await app.database.ownerPool.query("select from core.source_key where system = 'after'");
  expect(rowCount).toBe(0);
});

it('verify names every right, loan, key, account, link and note that leads to somebody who is gone', async () => {
  const customer = await app.customer('Kestrel');
  const gone = await app.person('Gone', ['CAD'], { customer });
  const colleague = await app.person('Colleague', ['USR'], { customer });
  await gone.create('delegations', {
    title: 'Loan',
    delegator: gone.id,
    delegate: colleague.id,
    role: 'CAD',
    customer,
    validFrom: '2026-03-02T09:00:00Z',
    validTo: '2026-03-09T09:00:00Z',
  });
  await (await signedIn(app, gone)).post(`/people/${colleague.id}/invitation`);
  const { id: incident } = await desk.create('incidents', {
    title: 'Dark',
    service,
    customers: [customer],
    caller: gone.id,
  });
  await gone.post(`/incidents/${incident}/notes`, { audience: 'public', text: 'Still dark.' });
  expect(await differences()).toEqual([]);
  const { ownerPool } = app.database;
  for (const table of ['person', 'record']) await ownerPool.query(`delete from core.${table} where id = $1`, [gone.id]);
  const what = (await differences()).map((each) => each.what);
  for (const name of [
    'an API key',
    'an account',
    'who made a one-time link',
    'person of a role-grant',
    'delegator of a delegation',
    'caller of a incident',
    'who wrote a note',
  ])
    expect(what).toContain(`${name} leads to ${gone.id}, which is gone`);
});
