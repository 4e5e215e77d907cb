import { z } from 'zod';
import { idText } from '../../../core/names/forms.ts';
import { endpoint } from '../../../core/http/endpoint.ts';
import type { Endpoint } from '../../../core/http/endpoint.ts';
import { recordParams } from '../../../core/http/views.ts';
import { create } from '../../../core/record/edit/create.ts';
import { loadHeader, missing } from '../../../core/record/read/load.ts';
import { act } from '../../../core/record/act/act.ts';
import { serverRecord } from '../../../core/record/define/work.ts';
import type { Application, Work } from '../../../core/record/define/work.ts';
import type { Caller } from '../../../core/permission/principal.ts';
import { done, refusable, refuse, stop } from '../../../core/refusal/refusal.ts';
import type { Refusal } from '../../../core/refusal/refusal.ts';
import { readMeasurements } from './read-csv.ts';
import type { MeasurementLine } from './read-csv.ts';

export const valueEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/outcomes/{id}/measurements/csv',
    operationId: 'outcome.measure-csv',
    writes: { type: 'outcome-measurement', creates: true },
    refusals: ['csv.cell', 'csv.columns', 'csv.empty', 'csv.unreadable'],
    tag: 'Outcome measurements',
    status: 201,
    summary: 'Enter measurements of an outcome from comma-separated text: all lines or none, every fault told',
    description:
      'Reads measurements of an outcome from comma-separated text, a line a period. All lines are entered, or none, and then every fault is told by its line.',
    params: recordParams,
    body: z.strictObject({
      csv: z.string().min(1).max(200_000).describe('Header periodFrom,periodTo,value,grade,source,evidence'),
    }),
    example: { csv: 'periodFrom,periodTo,value,grade,source,evidence\n2016-02-01,2016-02-01,3.5,C,Order system,' },
    response: z.object({ measurements: z.array(z.object({ line: z.int(), id: idText, ref: z.string() })) }),
    idempotent: true,
    rateLimit: 20,
    handle: ({ application, caller, params, body }) => enter(application, caller, params.id, body.csv),
  }),
];

interface Entered {
  line: number;
  id: string;
  ref: string;
}

async function enter(application: Application, caller: Caller, name: string, csv: string) {
  const outcome = await loadHeader(application.pool, caller.principal, name);
  if (outcome?.type !== 'outcome') return missing('outcome', name);
  const { lines, refusals } = readMeasurements(csv);
  if (refusals.length) return refuse('invalid', ...refusals.slice(0, 200));
  const attempt = { command: 'measure from a file', type: 'outcome-measurement', id: outcome.id };
  const written = await act(application, caller, attempt, async (work) => ({
    id: outcome.id,
    data: await writeAll(work, outcome.id, outcome.title, lines),
  }));
  return written.ok ? done({ measurements: written.value.data ?? [] }) : written;
}

/** Writes all lines, or stops with the refusals of all of them. */
async function writeAll(
  work: Work,
  outcome: string,
  title: string,
  lines: readonly MeasurementLine[],
): Promise<Entered[]> {
  const record = serverRecord(work.application.registry, 'outcome-measurement');
  const entered: Entered[] = [];
  const refusals: Refusal[] = [];
  let forbidden = false;
  for (const { line, ...fields } of lines) {
    const tried = await refusable(() =>
      create(work, record, {
        title: `${title} ${fields.periodFrom} to ${fields.periodTo}`.slice(0, 300),
        outcome,
        ...fields,
      }),
    );
    if (tried.ok) entered.push({ line, id: tried.value.id, ref: tried.value.ref });
    else {
      forbidden ||= tried.kind === 'forbidden';
      refusals.push(...tried.refusals.map((each) => ({ ...each, sentence: `Line ${line}: ${each.sentence}` })));
    }
  }
  // What was written before a refused line is rolled back with the transaction.
  if (refusals.length) stop(refuse(forbidden ? 'forbidden' : 'refused', ...refusals.slice(0, 200)));
  return entered;
}
