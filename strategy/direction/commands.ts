import { lookLater } from '../../core/decision/basis-look.ts';
import { tryRule } from '../../core/decision/feel/evaluate.ts';
import type { Commands, Work } from '../../core/record/define/work.ts';
import type { FieldsOf } from '../../core/record/define/define.ts';
import { refusal, refuse, stop } from '../../core/refusal/refusal.ts';
import type { Refusal } from '../../core/refusal/refusal.ts';
import type { policyRecord } from './record/policy.ts';
import type { waiverRecord } from './record/waiver.ts';
import { gateFacts } from './facts.ts';
import { ruleTimeLimitMs } from './evaluate.ts';

/** A policy is saved only with a rule that every gate it names can evaluate. */
export const policyCommands: Commands<typeof policyRecord> = {
  prepare: async (work, values) => {
    await demandRule(work, values);
    return {};
  },
  edited: (work, after) => demandRule(work, after.fields),
  // Who decided before a policy came into force, or went, is asked again (model R13), each by itself: it may bind thousands.
  moving: async (work, { before, after }) => {
    if (before.state === 'in_force' || after.state === 'in_force')
      await lookLater(work, { gates: (after.fields.gates ?? []).map(({ gate }) => gate), lineage: null });
    return {};
  },
};

/** As a policy that moves: by a waiver, somebody decided on what it is for. */
export const waiverCommands: Commands<typeof waiverRecord> = {
  moving: async (work, { before, after }) => {
    if (before.state === 'granted' || after.state === 'granted')
      await lookLater(work, { gates: null, lineage: after.lineage });
    return {};
  },
};

async function demandRule({ application }: Work, values: FieldsOf<typeof policyRecord>): Promise<void> {
  const gates = (values.gates ?? []).map(({ gate }) => gate);
  const refusals: Refusal[] = gates.length
    ? []
    : [refusal('policy.no-gate', 'It names no gate.', 'Name at least one gate, such as P1.', 'gates')];
  for (const gate of gates) {
    if (!application.registry.gates.has(gate)) {
      refusals.push(
        refusal(
          'policy.gate',
          `There is no gate ${gate}.`,
          `Gates: ${[...application.registry.gates.keys()].join(', ')}.`,
          'gates',
        ),
      );
      continue;
    }
    const faults = await tryRule(values.rule, {
      schema: gateFacts(gate).schema,
      timeLimitMs: ruleTimeLimitMs,
    });
    refusals.push(...faults.map(({ code, sentence, hint }) => refusal(code, `${gate}: ${sentence}`, hint, 'rule')));
  }
  if (refusals.length) stop(refuse('invalid', ...refusals));
}
