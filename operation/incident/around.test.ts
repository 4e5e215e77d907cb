import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arranged } from '../../test/support/arrange.ts';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import type { Body, Client } from '../../test/support/client.ts';
import { agreedRequirement, castOf, charteredPackage } from '../../test/support/thread.ts';
import { takenOver } from '../../test/support/service.ts';

let app: TestApplication;
let desk: Client;
let user: Client;
let outsider: Client;
let customer: string;
let other: string;
let service: string;

beforeAll(async () => {
  app = await createTestApplication();
  customer = await app.customer('Marlowe Grocers');
  other = await app.customer('Kestrel');
  desk = await app.person('Dee Desk', ['SDK']);
  user = await app.person('Uma User', ['USR'], { customer });
  outsider = await app.person('Kay', ['USR'], { customer: other });
  const owner = await app.person('Sol Owner', ['SOW']);
  service = (await takenOver(owner, { title: 'Slot promise', customers: [customer, other] })).id;
});
afterAll(() => app.close());

const logged = (title: string, fields: object = {}): Promise<Body> =>
  desk.create('incidents', { title, customers: [customer], service, impact: '3', urgency: 'medium', ...fields });

const around = async (by: Client, id: string): Promise<Body> => (await by.get(`/incidents/${id}/around`)).body;

describe('what is known around an incident', () => {
  it('names cases of its service that share category or title, the most alike first, and why', async () => {
    const both = await logged('Printer prints empty pages', { category: 'printing' });
    const words = await logged('Empty pages on the second printer');
    await logged('Network is slow');
    const { id } = await logged('Printer prints only empty pages', { category: 'printing' });
    const { similar } = await around(desk, id);
    expect(similar.map((each: Body) => each.record.id)).toEqual([both.id, words.id]);
    expect(similar[0].because).toEqual(['same category', '4 words of the title']);
  });

  it('never names a case of another customer', async () => {
    const theirs = await logged('Scanner shows stripes', { customers: [other], category: 'scanning' });
    const ours = await logged('Scanner shows stripes', { category: 'scanning' });
    expect((await around(desk, ours.id)).similar[0].record.id).toBe(theirs.id);
    expect((await around(user, ours.id)).similar).toEqual([]);
    expect((await outsider.get(`/incidents/${ours.id}/around`)).status).toBe(404);
  });

  it('names the open changes of its component, and none that is over', async () => {
    const cast = await castOf(app);
    const pack = await charteredPackage(cast, await agreedRequirement(cast));
    const design = await cast.designer.create('design-packages', { title: 'Slots', package: pack.id });
    const given = { title: 'Slot engine', designPackage: design.id };
    const part = await arranged(app, 'component', given, 'in_service');
    const authority = await app.person('Cho Authority', ['CHM']);
    const raised = (title: string) =>
      authority.create('changes', { title, links: [{ type: 'authorisedBy', from: part }] });
    const open = await raised('A newer engine');
    await authority.move('changes', (await raised('Not this one')).id, 'cancel', { reason: 'Too early.' });
    const { id } = await logged('Engine is slow', { component: part });
    expect((await around(desk, id)).open.map((each: Body) => each.id)).toEqual([open.id]);
  });
});
