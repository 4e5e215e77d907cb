// A record of every type for each of four audiences, with words of its own in everything that holds words: whoever reads one of
// them read that record.
import { randomUUID } from 'node:crypto';
import { ukOffice } from '../../core/clock/example-calendars.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import type { RecordDefinition } from '../../core/record/define/define.ts';
import { fieldsOf } from '../../core/record/define/define.ts';
import type { Field } from '../../core/record/define/fields.ts';
import { act } from '../../core/record/act/act.ts';
import { create } from '../../core/record/edit/create.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import type { TestApplication } from './application.ts';

export type Audience = 'own' | 'shared' | 'foreign' | 'internal';

export interface Planted {
  id: string;
  ref: string;
  type: string;
  audience: Audience;
  /** The word that stands in its title and texts. */
  word: string;
}

export interface Ground {
  audience: Audience;
  customers: readonly string[];
  /** A person of the audience, for fields that name one. */
  person: string;
  /** To whom that person lends a right. */
  colleague: string;
  customer: string | null;
  /** What references name, the first that fits. */
  beside: readonly Planted[];
  /** Where an audience is planted a second time: its words and days are others. */
  again?: boolean;
}

/** Records of every type; those that cannot be made by their fields alone are named with why. */
export async function plant(app: TestApplication, ground: Ground): Promise<{ made: Planted[]; left: string[] }> {
  const made: Planted[] = [];
  let waiting = [...app.application.registry.records.values()].map(({ definition }) => definition);
  let left: string[] = [];
  // What names another comes after it.
  for (let before = -1; waiting.length && before !== waiting.length; ) {
    before = waiting.length;
    left = [];
    const next: RecordDefinition[] = [];
    for (const definition of waiting) {
      const record = await planted(app, definition, ground, made);
      if (typeof record === 'string') {
        left.push(`${definition.type}: ${record}`);
        next.push(definition);
      } else made.push(record);
    }
    waiting = next;
  }
  return { made, left };
}

async function planted(
  { application, providerId }: TestApplication,
  definition: RecordDefinition,
  ground: Ground,
  made: readonly Planted[],
): Promise<Planted | string> {
  const word = `zq${definition.prefix.toLowerCase()}${ground.audience}${ground.again ? 'again' : ''}`;
  // Sums are kept by service and component: all audiences have theirs at the same, where there is one for all.
  const known = [...ground.beside.filter(({ type }) => type === 'service' || type === 'component'), ...made];
  const principal = systemPrincipal(providerId, 'planting', null);
  const caller = { principal, channel: 'job' as const, requestId: 'plant' };
  const whys: string[] = [];
  // With all that it may hold; where its own rules refuse that, with what it must.
  for (const only of ['all', 'required'] as const) {
    const fields = fieldsOf(definition)
      .filter(([, { required, derived }]) => only === 'all' || required || derived)
      .map(([name, field]) => [name, valueOfField(name, field, { word, ground, known })] as const);
    if (fields.some(([name, value]) => value === undefined && definition.fields[name]?.required))
      return 'lacks a record';
    const given = Object.fromEntries(fields.filter(([, value]) => value !== undefined));
    const isDerived = (name: string) => definition.fields[name]?.derived === true;
    const input = Object.fromEntries(Object.entries(given).filter(([name]) => !isDerived(name)));
    const derived = Object.fromEntries(Object.entries(given).filter(([name]) => isDerived(name)));
    try {
      const outcome = await act(application, caller, { command: 'plant' }, async (work) => {
        const data = await create(
          work,
          serverRecord(application.registry, definition.type),
          {
            title: `Title ${word}`,
            customers: [...ground.customers],
            owner: null,
            ...input,
            ...further[definition.type],
          },
          { byCommand: true, derived, ...(state[definition.type] ? { state: state[definition.type] } : {}) },
        );
        return { id: data.id, data };
      });
      if (!outcome.ok) whys.push(outcome.refusals.map(({ sentence }) => sentence).join(' '));
      else {
        const { id } = outcome.value;
        const ref = outcome.value.data?.ref ?? '';
        return { id, ref, type: definition.type, audience: ground.audience, word };
      }
    } catch (error) {
      whys.push(error instanceof Error ? error.message : String(error));
    }
  }
  return whys.join(' / ');
}

/** What a rule of the type asks for beyond what its fields say. */
const further: Readonly<Record<string, object>> = { policy: { gates: [{ gate: 'G1' }], rule: 'true' } };

/** Where others begin with it in a later state. */
const state: Readonly<Record<string, string>> = { 'business-requirement': 'agreed', 'service-package': 'chartered' };

/** A value that a field may hold, with ids of records that are known. */
export function valueOfField(
  name: string,
  field: Field,
  { word, ground, known }: { word: string; ground: Ground; known: readonly Planted[] },
): unknown {
  switch (field.kind) {
    case 'text':
    case 'longText':
      if (/zone$/i.test(name)) return 'Europe/London';
      if (/email/i.test(name)) return `${randomUUID()}@example.org`;
      return `Says ${word}`.slice(0, field.max);
    case 'choice':
      return Object.keys(field.options)[0];
    case 'integer':
    case 'decimal':
      return name === 'baseline' ? Math.max(field.min ?? 1, 1) + 1 : Math.max(field.min ?? 1, 1);
    case 'money':
      return { minor: 12_345, currency: 'GBP' };
    case 'boolean':
      return false;
    case 'date':
      return ground.again ? '2026-11-30' : '2026-12-31';
    case 'instant':
      return /to$|until$|end/i.test(name) ? '2026-12-31T09:00:00.000Z' : '2026-03-01T09:00:00.000Z';
    case 'person':
      return name === 'delegate' ? ground.colleague : ground.person;
    case 'customer':
      return ground.customer ?? undefined;
    case 'reference':
      return known.find(({ type }) => field.types.includes(type))?.id;
    case 'team':
      return known.find(({ type }) => type === 'team')?.id;
    case 'list':
      return field.required || field.derived ? [] : undefined;
    case 'json':
      return /calendar|hours/i.test(name) ? ukOffice : field.required ? {} : undefined;
  }
}
