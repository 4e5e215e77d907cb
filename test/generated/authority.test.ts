// Who may decide what: generated from the gates and the roles, over sides, hats, keys, delegations, periods and channels.
import { eachDecides } from '../../core/decision/together.ts';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authority } from '../../core/decision/authority.ts';
import type { AuthorityQuestion } from '../../core/decision/authority.ts';
import type { Gate } from '../../core/lifecycle/gate.ts';
import { evidenceHash } from '../../core/decision/evidence.ts';
import { basisOf, gatePassed } from '../../core/decision/standing.ts';
import type { StandingDecision } from '../../core/decision/standing.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import type { Grant, RoleDefinition } from '../../core/permission/principal.ts';
import { keyOf } from '../support/keys.ts';
import { hashContent } from '../../core/record/define/content.ts';
import { create } from '../../core/record/edit/create.ts';
import { fieldsOf } from '../../core/record/define/define.ts';
import type { RecordDefinition } from '../../core/record/define/define.ts';
import type { Field } from '../../core/record/define/fields.ts';
import { act } from '../../core/record/act/act.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import { createRegistry } from '../../app/server/registry.ts';
import { gates } from '../../handover/gates.ts';
import { roles } from '../../handover/roles.ts';
import { createTestApplication } from '../support/application.ts';
import { arranged } from '../support/arrange.ts';
import type { TestApplication } from '../support/application.ts';
import type { Client } from '../support/client.ts';
import { agreedRequirement, amendedOutcome, castOf, draftedPackage } from '../support/thread.ts';
import { sessionOfToken } from '../support/session.ts';
import { walkedThread } from '../support/walked.ts';

const customer = randomUUID();
const another = randomUUID();
const me = randomUUID();
const colleague = randomUUID();
const allGates = [...gates.values()];
const allRoles = [...roles.values()];
const businessGates = allGates.filter(({ side }) => side === 'B');

const grantOf = (
  { code, side }: RoleDefinition,
  of: string | null = side === 'B' || side === 'U' ? customer : null,
  more: Partial<Grant> = {},
): Grant => ({
  id: randomUUID(),
  role: code,
  side,
  customer: of,
  limit: null,
  delegationId: null,
  onBehalfOf: null,
  ...more,
});

function asked(
  gate: Gate,
  grants: Grant[],
  more: Partial<AuthorityQuestion> = {},
  keyScopes: string[] | null = null,
): AuthorityQuestion {
  return {
    gate,
    subject: { customers: [customer], profile: 'standard', ref: 'SP-1' },
    principal: { kind: 'person', id: me, grants, keyScopes },
    amount: null,
    claimed: [customer],
    confirmed: [customer],
    separation: gate.separation ?? [],
    pastActors: {},
    side: null,
    together: eachDecides,
    ...more,
  };
}

const mayDecide = (question: AuthorityQuestion) => {
  const { grant, refusals } = authority(question);
  return grant !== undefined && refusals.length === 0;
};

describe('authority at a gate, over every role', () => {
  it.each(allGates)('lets exactly the roles of $code decide it', (gate) => {
    expect(
      allRoles
        .filter((role) => mayDecide(asked(gate, [grantOf(role)])))
        .map(({ code }) => code)
        .toSorted(),
    ).toEqual(gate.roles.toSorted());
  });

  it('has every gate decided by roles of its own side', () => {
    for (const gate of allGates)
      for (const role of gate.roles)
        expect([gate.code, role, roles.get(role)?.side]).toEqual([gate.code, role, gate.side]);
  });

  it.each(businessGates)(
    'keeps $code from everybody who does not act for the business, whatever they hold together',
    (gate) => {
      const others = allRoles.filter(({ side }) => side !== 'B');
      const held = fc
        .subarray(others, { minLength: 1 })
        .chain((some) =>
          fc.tuple(...some.map((role) => fc.constantFrom(null, customer, another).map((of) => grantOf(role, of)))),
        );
      fc.assert(
        fc.property(
          held,
          fc.constantFrom<string[] | null>(null, ['decide'], ['read', 'write', 'decide']),
          fc.constantFrom(null, 'B', 'P', 'X'),
          (grants, scopes, side) => !mayDecide(asked(gate, grants, { side }, scopes)),
        ),
      );
      expect(others.filter((role) => mayDecide(asked(gate, [grantOf(role), grantOf(role, customer)])))).toEqual([]);
    },
  );

  it.each(businessGates)(
    'keeps $code from a role of another customer, of no customer, and of one that nobody claimed',
    (gate) => {
      for (const code of gate.roles) {
        const role = roles.get(code);
        if (!role) throw new Error(`${gate.code} names ${code}, which is no role`);
        for (const of of [another, null]) expect(mayDecide(asked(gate, [grantOf(role, of)]))).toBe(false);
        expect(mayDecide(asked(gate, [grantOf(role)], { claimed: [] }))).toBe(false);
        const alone = asked(gate, [grantOf(role)], { confirmed: [] });
        for (const profile of ['light', 'standard', 'regulated', null] as const) {
          const { refusals, selfDeclared } = authority({ ...alone, subject: { ...alone.subject, profile } });
          expect([refusals.map((each) => each.code), selfDeclared]).toEqual([
            profile === 'light' ? [] : ['decision.claim-unconfirmed'],
            true,
          ]);
        }
        // For several customers: one's own vote, never that of the other.
        const both = {
          subject: { customers: [customer, another], profile: null, ref: 'SP-1' },
          claimed: [customer, another],
          confirmed: [customer, another],
        };
        expect(mayDecide(asked(gate, [grantOf(role)], { ...both, customer }))).toBe(true);
        expect(mayDecide(asked(gate, [grantOf(role)], { ...both, customer: another }))).toBe(false);
      }
    },
  );

  it('is never the system’s, nor a key’s without the scope, at any gate with all roles there are', () => {
    const all = allRoles.map((role) => grantOf(role, customer));
    const { kind, id } = systemPrincipal(randomUUID(), 'job', null);
    for (const gate of allGates) {
      expect(mayDecide(asked(gate, all, { principal: { kind, id, grants: all, keyScopes: null } }))).toBe(false);
      for (const scopes of [[], ['read'], ['write'], ['read', 'write']])
        expect(mayDecide(asked(gate, all, {}, scopes))).toBe(false);
      expect(mayDecide(asked(gate, all, {}, ['decide']))).toBe(true);
    }
  });

  it('holds a person of both sides to the side used first on the lineage (SD10)', () => {
    const hats = allRoles.map((role) => grantOf(role, customer));
    for (const gate of allGates)
      for (const side of ['B', 'P', 'X'] as const)
        expect([gate.code, side, authority(asked(gate, hats, { side })).refusals.map(({ code }) => code)]).toEqual([
          gate.code,
          side,
          side === gate.side ? [] : ['separation.sd10'],
        ]);
  });

  it('bars by separation of duties who acted, and who lent them the role; between the sides even in the light profile', () => {
    for (const gate of allGates) {
      const separation = gate.separation ?? [
        { id: 'maker', sentence: 'The maker does not decide.', notActorOf: ['create'] },
      ];
      const names = separation.flatMap(({ notActorOf }) => notActorOf);
      const role = roles.get(gate.roles[0] ?? '');
      if (!role) throw new Error(`${gate.code} has no role`);
      for (const name of names) {
        for (const [actor, grant] of [
          [me, grantOf(role)],
          [colleague, grantOf(role, undefined, { delegationId: randomUUID(), onBehalfOf: colleague })],
        ] as const) {
          const question = asked(gate, [grant], { separation, pastActors: { [name]: [actor] } });
          expect([gate.code, name, mayDecide(question)]).toEqual([gate.code, name, false]);
          const light = authority({ ...question, subject: { ...question.subject, profile: 'light' } });
          expect([gate.code, light.refusals.length === 0, light.selfChecked]).toEqual([
            gate.code,
            gate.side === 'P',
            gate.side === 'P',
          ]);
        }
      }
    }
  });

  it('ends at a money limit, and in its currency', () => {
    for (const gate of allGates.filter(({ money }) => money)) {
      const role = roles.get(gate.roles[0] ?? '');
      if (!role) throw new Error(`${gate.code} has no role`);
      fc.assert(
        fc.property(
          fc.nat(),
          fc.nat(),
          fc.constantFrom('GBP', 'EUR'),
          (limit, minor, currency) =>
            mayDecide(
              asked(gate, [grantOf(role, undefined, { limit: { minor: limit, currency: 'GBP' } })], {
                amount: { minor, currency },
              }),
            ) === (currency === 'GBP' && minor <= limit),
        ),
      );
    }
  });
});

const voteOf = (
  gate: string,
  of: string,
  outcome: StandingDecision['outcome'],
  basis: StandingDecision['basis'],
): StandingDecision => ({
  id: randomUUID(),
  gate,
  outcome,
  basis,
  variant: null,
  side: 'B',
  role: 'BEX',
  decidedBy: me,
  onBehalfOf: null,
  customer: of,
  reasonCode: null,
  reason: 'So.',
  findings: [],
  subjectVersion: 1,
  subjectHash: '',
  evidence: [],
  evidenceHash: '',
  selfChecked: false,
  selfDeclared: false,
  occurredAt: '',
  openedAt: null,
  ended: null,
  lapsed: false,
  rebound: false,
  policies: [],
  ranOut: [],
});

describe('votes of several customers', () => {
  it('are granted only when the newest standing vote of each is an approval of what stands, in any order', () => {
    const vote = fc.record({
      of: fc.constantFrom(customer, another),
      outcome: fc.constantFrom('approve', 'approve_with_conditions', 'reject', 'defer', 'withdraw'),
      basis: fc.constantFrom('current', 'current', 'current', 'stale', 'revoked', 'consumed'),
    });
    fc.assert(
      fc.property(fc.array(vote, { maxLength: 8 }), (votes) => {
        const last = new Map<string, boolean>();
        for (const { of, outcome, basis } of votes)
          if (outcome !== 'defer' && outcome !== 'withdraw') last.set(of, outcome !== 'reject' && basis === 'current');
        return (
          gatePassed(
            votes.map(({ of, outcome, basis }) => voteOf('G2', of, outcome, basis)),
            'G2',
            [customer, another],
          ) === (last.get(customer) === true && last.get(another) === true)
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('of one customer never stand for the other, nor of one gate for another', () => {
    expect(
      gatePassed([voteOf('G2', customer, 'approve', 'current'), voteOf('G2', customer, 'approve', 'current')], 'G2', [
        customer,
        another,
      ]),
    ).toBe(false);
    expect(
      gatePassed([voteOf('G2', customer, 'approve', 'current'), voteOf('G3', another, 'approve', 'current')], 'G2', [
        customer,
        another,
      ]),
    ).toBe(false);
    expect(gatePassed([], 'G2', [])).toBe(false);
  });
});

/** A value of a field, and another one. */
function twoValues(field: Field): [unknown, unknown] {
  switch (field.kind) {
    case 'text':
    case 'longText':
      return ['one', 'two'];
    case 'choice':
      return [Object.keys(field.options)[0], Object.keys(field.options)[1] ?? null];
    case 'integer':
      return [1, 2];
    case 'decimal':
      return [0.25, 0.5];
    case 'money':
      return [
        { minor: 100, currency: 'GBP' },
        { minor: 100, currency: 'EUR' },
      ];
    case 'boolean':
      return [true, false];
    case 'date':
      return ['2026-01-01', '2026-01-02'];
    case 'instant':
      return ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.001Z'];
    case 'json':
      return [{ a: 1 }, { a: 2 }];
    case 'list':
      return [[], [Object.fromEntries(Object.entries(field.items).map(([name, each]) => [name, twoValues(each)[0]]))]];
    case 'person':
    case 'team':
    case 'customer':
    case 'reference':
      return [customer, another];
  }
}

const bare = {
  id: me,
  title: 'Title',
  customers: [customer],
  owner: me,
  profile: 'standard',
  fields: {},
  commitments: {},
} as const;

const definitions: RecordDefinition[] = [...createRegistry().records.values()].map(({ definition }) => definition);

describe('what a decision saw', () => {
  it.each(definitions)('makes it stale when it is edited: every hashed field of a $type', (definition) => {
    const standing = (contentHash: string) =>
      basisOf({ ended: null, subjectHash: hashContent(definition, bare), evidenceHash: 'e' }, contentHash, 'e');
    for (const [name, field] of fieldsOf(definition)) {
      for (const value of twoValues(field).filter((each) => each !== null)) {
        const edited = field.personal
          ? { ...bare, commitments: { [name]: 'c0ffee' } }
          : { ...bare, fields: { [name]: value } };
        expect([name, standing(hashContent(definition, edited))]).toEqual([name, field.unhashed ? 'current' : 'stale']);
      }
      const [one, two] = twoValues(field);
      if (!field.personal && !field.unhashed)
        expect(hashContent(definition, { ...bare, fields: { [name]: one } })).not.toBe(
          hashContent(definition, { ...bare, fields: { [name]: two } }),
        );
    }
    for (const edited of [
      { customers: [customer, another] },
      { owner: colleague },
      { profile: 'light' as const },
      definition.personalTitle ? { commitments: { title: 'c0ffee' } } : { title: 'Other' },
    ])
      expect(standing(hashContent(definition, { ...bare, ...edited }))).toBe('stale');
  });

  it('makes it stale when any member of its evidence is edited, added or taken out; order does not matter', () => {
    const member = fc.record({
      type: fc.constantFrom('outcome', 'attestation'),
      id: fc.uuid(),
      hash: fc.stringMatching(/^[0-9a-f]{64}$/),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(member, { selector: ({ id }) => id, minLength: 1, maxLength: 6 }),
        fc.nat(),
        (items, at) => {
          const index = at % items.length;
          const seen = evidenceHash(items);
          expect(evidenceHash(items.toReversed())).toBe(seen);
          expect(
            evidenceHash(
              items.map((each, place) => (place === index ? { ...each, hash: `${each.hash.slice(1)}x` } : each)),
            ),
          ).not.toBe(seen);
          expect(evidenceHash(items.toSpliced(index, 1))).not.toBe(seen);
        },
      ),
    );
  });
});

describe('through HTTP', () => {
  let app: TestApplication;
  beforeAll(async () => {
    app = await createTestApplication();
  });
  afterAll(() => app.close());

  /** A session as a sign-in leaves it. */
  async function sessionOf(person: string): Promise<Record<string, string>> {
    const pool = app.database.ownerPool;
    const { stored, cookie } = sessionOfToken(randomUUID());
    const user = await pool.query<{ id: string }>(
      `insert into identity."user" (name, email, "emailVerified") values ('x', $1, true) returning id`,
      [`${person}@example.org`],
    );
    await pool.query(
      'insert into core.sign_in (user_id, provider_id, person_id) select $1, provider_id, id from core.person where id = $2',
      [user.rows[0]?.id, person],
    );
    await pool.query(
      `insert into identity."session" ("expiresAt", token, "updatedAt", "userId") values ('2099-01-01', $1, now(), $2)`,
      [stored, user.rows[0]?.id],
    );
    return { cookie, 'sec-fetch-site': 'same-origin' };
  }

  /** Tries a decision that would fail later: what is refused before that is refused for want of authority. */
  async function attempt(
    headers: Record<string, string>,
    gate: string,
    subject: string,
  ): Promise<{ status: number; codes: string[] }> {
    const { rows } = await app.database.ownerPool.query<{ version: number }>(
      'select version from core.record where id = $1',
      [subject],
    );
    const answer = await app.server.inject({
      method: 'POST',
      url: `/api/v1/gates/${gate}/${subject}/decisions`,
      headers,
      payload: { outcome: 'approve', reason: 'So.', expectedVersion: rows[0]?.version, evidenceHash: '0'.repeat(64) },
    });
    const { refusals } = answer.json<{ refusals: { code: string }[] }>();
    return { status: answer.statusCode, codes: refusals.map(({ code }) => code) };
  }

  it('lets no role decide at a gate that is not its own, by key, command line or session', async () => {
    const {
      stage: { providerId, customerId },
    } = await walkedThread(app);
    const { rows: records } = await app.database.ownerPool.query<{ id: string; type: string }>(
      'select id, type from core.record where provider_id = $1',
      [providerId],
    );
    const subjects = allGates.flatMap((gate) => {
      const subject = records.find(({ type }) => {
        const life = app.application.registry.records.get(type)?.definition.lifecycle;
        return (
          life?.stands?.[gate.code] !== undefined ||
          Object.values(life?.moves ?? {}).some((each) => each.gate === gate.code)
        );
      });
      return subject ? [{ gate, subject: subject.id }] : [];
    });
    expect(subjects.length).toBeGreaterThan(15);
    const person = await peopleOf(providerId, customerId);
    for (const role of allRoles) {
      const of = await person(role);
      const channels = [
        { authorization: `Bearer ${of.key}` },
        { authorization: `Bearer ${of.key}`, 'x-servicewright-client': 'cli' },
        await sessionOf(of.id),
      ];
      for (const [index, { gate, subject }] of subjects.entries()) {
        for (const headers of gate.roles.includes(role.code) ? channels : [channels[index % 3] ?? {}]) {
          const { status, codes } = await attempt(headers, gate.code, subject);
          const [code = ''] = codes;
          if (gate.roles.includes(role.code))
            expect([role.code, gate.code, status, codes]).toEqual([
              role.code,
              gate.code,
              409,
              expect.arrayContaining(['decision.evidence-changed']),
            ]);
          else
            expect([
              role.code,
              gate.code,
              [403, 404].includes(status),
              code.startsWith('decision.no') || code === 'record.not-found',
            ]).toEqual([role.code, gate.code, true, true]);
        }
      }
    }
  }, 240_000);

  /** Makes people straight into the walked provider, one for a role. */
  async function peopleOf(providerId: string, customerId: string) {
    const caller = {
      principal: systemPrincipal(providerId, 'arrangement', '2016-03-01T00:00:00.000Z'),
      channel: 'job',
      requestId: 'arrange',
    } as const;
    const make = async (type: string, input: { title: string; [field: string]: unknown }) => {
      const outcome = await act(app.application, caller, { command: 'arrange' }, (work) =>
        create(work, serverRecord(app.application.registry, type), { owner: null, ...input }, { byCommand: true }),
      );
      if (!outcome.ok) throw new Error(outcome.refusals.map(({ sentence }) => sentence).join(' '));
      return outcome.value.id;
    };
    return async ({ code, side }: RoleDefinition): Promise<{ id: string; key: string }> => {
      const of = side === 'B' || side === 'U' ? { customer: customerId, customers: [customerId] } : {};
      const id = await make('person', { title: `Only ${code}`, ...of });
      await make('role-grant', { title: code, person: id, role: code, ...of });
      const key = await keyOf(app, id);
      return { id, key };
    };
  }

  it('needs a right in force, its key the scope, and a borrowed one its period', async () => {
    const cast = await castOf(app, 'Lent & Ended');
    const { id } = await cast.owner.create('business-requirements', {
      title: 'Slots',
      statement: 'Two hours.',
      trigger: 'market',
      priority: 'must',
      customers: [cast.customer],
    });
    await cast.owner.create('outcomes', {
      title: 'Fewer',
      requirement: id,
      statement: 'Fewer.',
      measure: 'missed',
      unit: '%',
      direction: 'lower',
      baseline: 8,
      target: 4,
      attainBy: '2026-12-31',
      weight: 1,
    });
    await cast.owner.move('business-requirements', id, 'analyse');
    const defer = (who: Client) => who.tryDecide('G1', id, { outcome: 'defer', reason: 'Next month.' });
    const { customer: of } = cast;
    const ended = await app.person('Ended', ['BOW'], { customer: of, validTo: '2026-03-01T00:00:00.000Z' });
    const coming = await app.person('Coming', ['BOW'], { customer: of, validFrom: '2027-01-01T00:00:00.000Z' });
    const reader = await app.person('Key without it', ['BOW'], { customer: of, scopes: ['read', 'write'] });
    // Without any right in force one sees nothing to decide on; a user's right shows it, and decides nothing.
    for (const who of [ended, coming]) {
      expect((await who.get(`/gates/G1/${id}`)).status).toBe(404);
      await arranged(app, 'role-grant', { title: 'Sees it', person: who.id, role: 'USR', customer: of });
    }
    for (const who of [ended, coming]) expect((await defer(who)).body.code).toMatch(/^decision\.no/);
    expect(await defer(reader)).toMatchObject({ status: 403, body: { code: 'decision.key-scope' } });

    const deputy = await app.person('Deputy', ['USR'], { customer: of });
    expect((await defer(deputy)).status).toBe(403);
    await cast.owner.create('delegations', {
      title: 'Holiday',
      delegator: cast.owner.id,
      delegate: deputy.id,
      role: 'BOW',
      customer: of,
      validFrom: '2026-03-01T00:00:00.000Z',
      validTo: '2026-03-09T00:00:00.000Z',
    });
    expect((await defer(deputy)).body).toMatchObject({
      outcome: 'defer',
      decidedBy: deputy.id,
      onBehalfOf: cast.owner.id,
    });
    const lentOn = await deputy.post('/delegations', {
      title: 'Further',
      delegator: deputy.id,
      delegate: reader.id,
      role: 'BOW',
      customer: of,
      validFrom: '2026-03-01T00:00:00.000Z',
      validTo: '2026-03-09T00:00:00.000Z',
    });
    expect(lentOn.body.refusals.map((each: { code: string }) => each.code)).toContain('delegation.not-own');
    const across = await cast.owner.post('/delegations', {
      title: 'Across',
      delegator: cast.owner.id,
      delegate: cast.portfolio.id,
      role: 'BOW',
      customer: of,
      validFrom: '2026-03-01T00:00:00.000Z',
      validTo: '2026-03-09T00:00:00.000Z',
    });
    expect(across.body.refusals.map((each: { code: string }) => each.code)).toContain('delegation.side');
    app.clock.set('2026-03-10T00:00:00.000Z');
    expect((await defer(deputy)).status).toBe(403);
    app.clock.set('2026-03-02T09:00:00.000Z');
  });

  it('lets evidence be attested only in a role held for that customer, and on the side used first', async () => {
    const cast = await castOf(app, 'Attested');
    const { id } = await agreedRequirement(cast);
    const foreign = await app.person('Of another', ['BEX'], { customer: await app.customer('Elsewhere') });
    const attested = (who: Client, role?: string) =>
      who.post(`/records/${id}/attestations`, {
        gate: 'G1',
        title: 'Paper',
        statement: 'Seen.',
        ...(role ? { role } : {}),
      });
    expect((await attested(foreign)).status).toBe(404);
    expect((await attested(cast.owner, 'BEX')).body.code).toBe('permission.role');
    expect((await attested(cast.owner, 'BOW')).body).toMatchObject({ role: 'BOW' });
    const hats = await app.person('Two Hats', ['SPM', 'BEX'], { customer: cast.customer });
    expect((await attested(hats, 'SPM')).body).toMatchObject({ role: 'SPM' });
    expect((await attested(hats, 'BEX')).body.code).toBe('separation.sd10');
  });

  it('counts the votes of two customers in any order, and shows no refusal as granted', async () => {
    const cast = await castOf(app, 'First');
    const second = await app.customer('Second');
    const other = await app.person('Sid Second', ['BEX'], { customer: second });
    const submitted = async (): Promise<string> => {
      const pack = await draftedPackage(cast, await agreedRequirement(cast), {
        customers: [cast.customer, second].toSorted(),
      });
      await cast.portfolio.move('service-packages', pack.id, 'submit');
      await cast.portfolio.decide('P1', pack.id);
      return pack.id;
    };
    const state = async (id: string) => (await cast.portfolio.get(`/service-packages/${id}`)).body.record.state;
    const before = await submitted();
    const open = await state(before);
    for (const voters of [
      [cast.sponsor, other],
      [other, cast.sponsor],
    ]) {
      const id = await submitted();
      await voters[0]?.decide('G2', id);
      expect(await state(id)).toBe(open);
      await voters[1]?.decide('G2', id, { outcome: 'defer' });
      expect(await state(id)).toBe(open);
      await voters[1]?.decide('G2', id);
      expect(await state(id)).toBe('agreed');
    }
    await cast.sponsor.decide('G2', before);
    await other.decide('G2', before, {
      outcome: 'reject',
      variant: 'decline',
      reason: 'Not for us.',
      findings: [{ itemRef: 'SP-16', severity: 'must', text: 'Too dear.' }],
    });
    expect(await state(before)).not.toBe('agreed');
    expect((await cast.portfolio.get(`/service-packages/${before}`)).body.record.state).not.toBe(open);
  });

  it('turns stale, and stands again, as each field of its evidence is amended and put back', async () => {
    const cast = await castOf(app, 'Stale');
    // Within a band, no value of its fields stands in the way of another.
    const held = { direction: 'maintain', baselineFrom: '2026-02-01', baselineTo: '2026-02-28' };
    const worth = { unitValue: { minor: 500, currency: 'GBP' } };
    const { id, outcome } = await agreedRequirement(cast, { ...held, ...worth });
    const basis = async () =>
      (await cast.owner.get(`/business-requirements/${id}`)).body.decisions.map(
        (each: { basis: string }) => each.basis,
      );
    expect(await basis()).toEqual(['current']);
    const definition = app.application.registry.records.get('outcome')?.definition;
    if (!definition) throw new Error('no outcome');
    for (const [name, field] of fieldsOf(definition).filter(
      ([, each]) => !each.derived && !['person', 'reference'].includes(each.kind),
    )) {
      const { record } = (await cast.owner.get(`/outcomes/${outcome}`)).body;
      const value = twoValues(field).find((each) => JSON.stringify(each) !== JSON.stringify(record.fields[name]));
      await amendedOutcome(cast, outcome, { [name]: value });
      expect([name, await basis()]).toEqual([name, ['stale']]);
      await amendedOutcome(cast, outcome, { [name]: record.fields[name] });
      expect([name, await basis()]).toEqual([name, ['current']]);
    }
  });
});
