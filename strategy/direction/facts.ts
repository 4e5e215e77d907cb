import { dayMs } from '../../core/clock/units.ts';
import type { FactsSchema } from '../../core/decision/feel/facts.ts';
import type { RecordData } from '../../core/record/define/data.ts';
import type { PackageSummary } from '../../handover/facts/package-summary.ts';
import { lookup } from '../../core/names/lookup.ts';

/** What a policy's rule may know at a gate. The version goes up when a fact is taken away or means something else. */
export interface GateFacts {
  version: number;
  schema: FactsSchema;
}

const money: FactsSchema = { amount: 'number', currency: 'string' };

const subject: FactsSchema = {
  type: 'string',
  ref: 'string',
  title: 'string',
  state: 'string',
  profile: 'string',
  customers: 'number',
  ageDays: 'number',
};

const common: FactsSchema = {
  subject: { fields: subject },
  outcomes: {
    list: {
      fields: {
        ref: 'string',
        unit: 'string',
        baseline: 'number',
        target: 'number',
        weight: 'number',
        attainBy: 'date',
        owned: 'boolean',
      },
    },
  },
  cost: {
    fields: { oneOff: 'number', runPerMonth: 'number', funding: 'number', currency: 'string', tolerance: 'number' },
  },
  warranty: { fields: { availability: 'number', supportHours: 'string', restoreHours: 'number' } },
};

const packageFields: FactsSchema = {
  criticality: 'string',
  chargeable: 'boolean',
  requiredBy: 'date',
  offerValidUntil: 'date',
  plannedBenefitPerMonth: { fields: money },
};

/** Further facts of the subject, by gate: fields of the record type that the gate is decided on. */
const subjectFields: Readonly<Record<string, FactsSchema>> = lookup({
  G1: { trigger: 'string', priority: 'string', requiredBy: 'date' },
  P1: packageFields,
  G2: packageFields,
  P2: packageFields,
  P3: { kind: 'string', costVariance: 'number', predictedAvailability: 'number', oneOffCost: { fields: money } },
  G3: { kind: 'string', costVariance: 'number', predictedAvailability: 'number', oneOffCost: { fields: money } },
  G7: { targetStage: 'string', size: 'string', oneOffCost: { fields: money }, benefitPerMonth: { fields: money } },
  G8: { retireOn: 'date' },
});

/** The facts of a gate; every gate has the common ones: the subject, and the outcomes, cost and warranty of its thread. */
export function gateFacts(gate: string): GateFacts {
  return { version: 1, schema: { ...common, subject: { fields: { ...subject, ...subjectFields[gate] } } } };
}

/** The values of a gate's facts. What is not known is null, which a rule cannot take for met. */
export function factsAt(
  gate: string,
  record: RecordData,
  pack: PackageSummary | null,
  now: string,
): Record<string, unknown> {
  const names = Object.keys(subjectFields[gate] ?? {});
  const own = Object.fromEntries(names.map((name) => [name, plain(record.fields[name])]));
  return {
    subject: {
      type: record.type,
      ref: record.ref,
      title: record.title,
      state: record.state,
      profile: record.profile ?? 'standard',
      customers: record.customers.length,
      ageDays: Math.floor((Date.parse(now) - Date.parse(record.createdAt)) / dayMs),
      ...own,
    },
    outcomes: (pack?.outcomes ?? []).map((outcome) => ({ ...outcome, owned: outcome.owner !== null })),
    cost: pack && {
      oneOff: major(pack.oneOffCostMinor, pack.currency),
      runPerMonth: major(pack.runCostMinor, pack.currency),
      funding: major(pack.fundingMinor, pack.currency),
      currency: pack.currency,
      tolerance: pack.costTolerance ?? 0.1,
    },
    warranty: pack && {
      availability: pack.availabilityTarget,
      supportHours: pack.supportHours,
      restoreHours: pack.restoreTargets.length ? Math.min(...pack.restoreTargets.map(({ hours }) => hours)) : null,
    },
  };
}

/** Money as an amount in the currency's own unit, as a rule's author writes it. */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('minor' in value) || !('currency' in value))
    return value ?? null;
  const { minor, currency } = value as { minor: number; currency: string }; // a money field by its schema
  return { amount: major(minor, currency), currency };
}

function major(minor: number | null, currency: string | null): number | null {
  if (minor === null || !currency) return null;
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return minor / 10 ** digits;
}
