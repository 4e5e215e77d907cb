// How a walk comes to decisions: what the gate lacks is stated first, mostly, and then somebody who may says what they think.
import { randomUUID } from 'node:crypto';
import { postsIn } from '../../core/decision/open-gates.ts';
import type { Answer, Body } from '../support/client.ts';
import type { Seen, World } from './world.ts';

/** A gate that waits at a record, or at which something was decided that may be taken back or asked again. */
function gateOf(world: World): { record: Seen; gate: string } | undefined {
  const open = ({ definition, state }: Seen) => postsIn(definition.lifecycle, state).map(({ gate }) => gate);
  const all = ({ definition: { lifecycle } }: Seen) => [
    ...Object.keys(lifecycle.stands ?? {}),
    ...Object.values(lifecycle.moves).flatMap(({ gate }) => gate ?? []),
  ];
  const of = world.chance.isOne(8) ? all : open;
  const record = world.any((each) => of(each).length > 0);
  const gate = record && world.chance.pick(of(record));
  return record && gate !== undefined ? { record, gate } : undefined;
}

export async function decide(world: World): Promise<Answer | undefined> {
  const drawn = gateOf(world);
  if (!drawn) return undefined;
  const { record, gate } = drawn;
  const { chance, registry, grounds } = world;
  const by = world.somebody(registry.gates.get(gate)?.roles ?? [], record);
  const page = (await (chance.isOne(20) ? grounds.reader : by).get(`/gates/${gate}/${record.id}`)) satisfies Answer;
  if (page.status !== 200) return page;
  const lacking = page.body.expectedEvidence.filter((each: Body) => each.mandatory && !each.given);
  if (lacking.length > 0 && !chance.isOne(6)) return stated(world, record, gate, lacking[0]);
  if (chance.isOne(15)) return stated(world, record, gate, chance.pick(page.body.expectedEvidence) ?? null);
  return by.post(
    `/gates/${gate}/${record.id}/decisions`,
    {
      ...outcomeOf(world, page.body, gate),
      reason: 'The evidence is convincing.',
      expectedVersion: page.body.subject.version,
      evidenceHash: chance.isOne(40) ? 'ab'.repeat(32) : page.body.evidenceHash,
    },
    { 'idempotency-key': randomUUID() },
  );
}

function outcomeOf({ chance, grounds, around }: World, { outcomes }: Body, gate: string): object {
  const drawn: Body = chance.weighed(outcomes as Body[], ({ outcome }) => (outcome === 'approve' ? 12 : 1)) ?? {
    outcome: 'approve',
  };
  const { outcome, variant, needsFindings } = drawn;
  const due = new Date(Date.parse(around.now) + 86_400_000 * (1 + chance.below(20))).toISOString();
  return {
    outcome,
    ...(variant === null || variant === undefined ? {} : { variant }),
    ...(needsFindings ? { findings: [{ itemRef: 'X-1', severity: 'must', text: 'It is not said who.' }] } : {}),
    ...(outcome === 'approve_with_conditions'
      ? {
          conditions: [
            {
              text: 'Say who.',
              owner: chance.pick(grounds.walkers)?.id,
              dueAt: due,
              blocks: chance.isOne(2) ? gate : 'G4',
            },
          ],
        }
      : {}),
  };
}

/** States a piece of evidence: mostly what the gate asks, by whom it asks. */
async function stated(world: World, record: Seen, gate: string, piece: Body): Promise<Answer> {
  const { chance } = world;
  const roles: readonly string[] = piece?.roles ?? world.registry.gates.get(gate)?.roles ?? [];
  const by = world.somebody(roles, record);
  const role = by.roles.find((each) => roles.includes(each));
  return by.post(`/records/${record.id}/attestations`, {
    gate,
    title: piece?.title ?? 'Advice',
    statement: 'It was done as it should be.',
    ...(role === undefined ? {} : { role }),
    ...(chance.isOne(20) ? { failed: true } : {}),
  });
}
