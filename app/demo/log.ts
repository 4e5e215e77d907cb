// The log that is the example's operation: a file, or a small one of the application's own making.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../../core/database/embedded/index.ts';
import { mappingSchema } from '../../operation/incident/import/mapping.ts';
import type { Mapping } from '../../operation/incident/import/mapping.ts';

export interface Log {
  name: string;
  file: string;
  mapping: Mapping;
  /** When it is brought in: after its last row. */
  end: string;
  /** The days that the extract really covers; stragglers outside say nothing about the process. */
  observed: { from: string; to: string; minN: number };
}

const mappingFile = join(checkout, 'examples/incident-log/mapping.json');

/** The log in a file, by the example's mapping; or one made here, in a file of the data folder. */
export function logOf(file: string | undefined, dataFolder: string): Log {
  const mapping = mappingSchema.parse(JSON.parse(readFileSync(mappingFile, 'utf8')));
  const observed = { from: '2016-03-01', to: '2016-05-31' };
  if (file !== undefined) {
    if (!existsSync(file)) throw new LogMissing(`There is no file ${file}.`);
    return {
      name: `the log ${file}`,
      file,
      mapping,
      end: '2017-03-01T12:00:00.000Z',
      observed: { ...observed, minN: 20 },
    };
  }
  const own = join(dataFolder, 'example-log.csv');
  writeFileSync(own, madeLog());
  return {
    name: 'a small log made for this example (give a file for a real one)',
    file: own,
    mapping: { ...mapping, source: 'made-example-log' },
    end: '2016-06-15T12:00:00.000Z',
    observed: { ...observed, minN: 5 },
  };
}

export class LogMissing extends Error {}

const columns = [
  'number',
  'incident_state',
  'sys_mod_count',
  'reassignment_count',
  'reopen_count',
  'caller_id',
  'opened_at',
  'sys_updated_by',
  'sys_updated_at',
  'contact_type',
  'category',
  'subcategory',
  'u_symptom',
  'cmdb_ci',
  'impact',
  'urgency',
  'priority',
  'assignment_group',
  'assigned_to',
  'closed_code',
  'resolved_at',
  'closed_at',
];

/**
 * Two thousand incidents over thirteen weeks, the same every time: ten kinds of trouble, six teams; what is handed from team to
 * team takes longer, as it does everywhere.
 */
function madeLog(): string {
  const random = generator(20_160_229);
  const lines = [columns.join(',')];
  for (let day = 0; day < 92; day += 1) {
    const date = Temporal.PlainDate.from('2016-03-01').add({ days: day });
    const count = date.dayOfWeek > 5 ? 4 : 26 + Math.floor(random() * 9);
    for (let index = 0; index < count; index += 1)
      lines.push(...incidentLines(`INC${String(day * 100 + index).padStart(7, '0')}`, date, random));
  }
  return `${lines.join('\n')}\n`;
}

function incidentLines(key: string, date: Temporal.PlainDate, random: () => number): string[] {
  const kind = Math.floor(random() ** 2 * 10) + 1;
  const handovers = random() < 0.55 ? 0 : random() < 0.6 ? 1 : 2 + Math.floor(random() * 3);
  const opened = date.toPlainDateTime({ hour: 8 + Math.floor(random() * 10), minute: Math.floor(random() * 60) });
  const restored = opened.add({
    minutes: Math.round((60 + random() * 240) * (1 + handovers * handovers * (1 + random()))),
  });
  const closed = restored.add({ days: 5 });
  const time = (at: Temporal.PlainDateTime) =>
    `${at.day}/${at.month}/${at.year} ${String(at.hour).padStart(2, '0')}:${String(at.minute).padStart(2, '0')}`;
  const [impact, urgency, priority] =
    random() < 0.05 ? ['1 - High', '2 - Medium', '2 - High'] : ['2 - Medium', '2 - Medium', '3 - Moderate'];
  const row = (state: string, mod: number, passed: number, at: Temporal.PlainDateTime, team: number) =>
    [
      key,
      state,
      mod,
      passed,
      0,
      `Caller ${1 + (Math.floor(kind * 37 + mod) % 180)}`,
      time(opened),
      `Updated by ${team}`,
      time(at),
      random() < 0.8 ? 'Phone' : 'Self service',
      `Category ${kind}`,
      `Subcategory ${kind * 3}`,
      `Symptom ${kind * 7}`,
      '?',
      impact,
      urgency,
      priority,
      `Group ${team}`,
      `Resolver ${team * 3}`,
      'code 6',
      time(restored),
      time(closed),
    ].join(',');
  const rows = [row('New', 0, 0, opened, 1)];
  for (let passed = 0; passed <= handovers; passed += 1) {
    const share = restored.since(opened).total('minutes') * ((passed + 1) / (handovers + 2));
    rows.push(row('Active', passed + 1, passed, opened.add({ minutes: Math.round(share) }), 1 + ((kind + passed) % 6)));
  }
  return [
    ...rows,
    row('Resolved', handovers + 2, handovers, restored, 1 + ((kind + handovers) % 6)),
    row('Closed', handovers + 3, handovers, closed, 1 + ((kind + handovers) % 6)),
  ];
}

/** A small linear congruential generator: the example must be the same for everybody. Constants of Numerical Recipes. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}
