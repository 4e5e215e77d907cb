// Whoever makes what comes of a record does not choose how strictly it is checked.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { arranged } from '../support/arrange.ts';
import type { Body, Client } from '../support/client.ts';
import { agreedRequirement, castOf, draftedPackage } from '../support/thread.ts';
import type { Profile } from '../../core/lifecycle/profile.ts';
import { lighterRefusals } from '../../core/record/define/profile.ts';

let app: TestApplication;
let owner: Client;
let relations: Client;
let customer: string;
beforeAll(async () => {
  app = await createTestApplication();
  customer = await app.customer('Marlowe Grocers');
  owner = await app.person('Bea Owner', ['BOW'], { customer });
  relations = await app.person('Rel Manager', ['BRM', 'CHM', 'SDM']);
});
afterAll(() => app.close());

const profiles: readonly (Profile | null)[] = [null, 'light', 'standard', 'regulated'];
const strictness = (profile: Profile | null) => ['light', 'standard', 'regulated'].indexOf(profile ?? 'standard');
const codes = ({ body }: { body: Body }): string[] => (body.refusals ?? []).map(({ code }: Body) => code);
const need = (profile: Profile) => ({
  title: 'Slots',
  statement: 'They are needed.',
  trigger: 'market',
  customers: [customer],
  profile,
});

it.each(profiles.flatMap((parent) => profiles.map((given) => ({ parent, given }))))(
  'of what is $parent comes nothing lighter: $given',
  ({ parent, given }) => {
    const isLighter = parent !== null && strictness(given) < strictness(parent);
    expect(lighterRefusals(given, parent).map(({ code }) => code)).toEqual(isLighter ? ['record.lighter-profile'] : []);
  },
);

describe('what comes of a regulated record', () => {
  it('is regulated by itself, and never lighter by anybody, at its birth or by a link', async () => {
    const strict = await owner.create('business-requirements', need('regulated'));
    const outcome = { title: 'O', requirement: strict.id, statement: 'O.' };
    for (const profile of ['light', 'standard'])
      for (const who of [owner, relations])
        expect(codes(await who.post('/outcomes', { ...outcome, profile }))).toEqual(['record.lighter-profile']);
    expect((await owner.create('outcomes', outcome)).profile).toBe('regulated');
  });

  it('is not made the answer of a lighter one by a link', async () => {
    const cast = await castOf(app, 'Tidewater Quay');
    const pack = await draftedPackage(cast, await agreedRequirement(cast));
    const strict = await cast.owner.create('business-requirements', {
      ...need('regulated'),
      customers: [cast.customer],
    });
    const link = { type: 'packagedIn', from: strict.id, to: pack.id };
    expect(codes(await cast.relations.post('/links', link))).toEqual(['record.lighter-profile']);
    const release = await arranged(app, 'release', { title: 'R', profile: 'regulated', customers: [customer] });
    const links = [{ type: 'authorisedBy', from: release }];
    const change = { title: 'C', customers: [customer], links };
    expect(codes(await relations.post('/changes', { ...change, profile: 'light' }))).toEqual([
      'record.lighter-profile',
    ]);
    expect((await relations.post('/changes', { ...change, profile: 'regulated' })).status).toBe(201);
  });
});
