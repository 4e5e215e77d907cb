// The small log that the example plays when it is given none.

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

// It begins three weeks before the first day that is judged: by then what takes long is among what is restored.
const firstDay = Temporal.PlainDate.from('2016-02-08');
const days = 114;
/** On this day a certificate ran out, and those who could have said so were asked last. */
const outage = Temporal.PlainDate.from('2016-04-12');
const closedDays = new Set(['2016-03-25', '2016-04-21', '2016-05-26']);
const [opens, closes] = [8, 20];

interface Case {
  kind: number;
  handovers: number;
  opened: Temporal.PlainDateTime;
  /** Of service hours. */
  minutes: number;
  priority: readonly [impact: string, urgency: string, priority: string];
  source: string;
}

const moderate = ['2 - Medium', '2 - Medium', '3 - Moderate'] as const;
const high = ['1 - High', '2 - Medium', '2 - High'] as const;

/**
 * Two thousand incidents over sixteen weeks, the same every time: ten kinds of trouble and one bad day, six teams that work in
 * service hours; what is handed from team to team takes longer, as it does everywhere.
 */
export function madeLog(): string {
  const random = generator(563);
  const lines = [columns.join(',')];
  for (let day = 0; day < days; day += 1) {
    const date = firstDay.add({ days: day });
    const cases = Array.from({ length: date.dayOfWeek > 5 ? 3 : 20 + Math.floor(random() * 8) }, () =>
      usual(date, random),
    );
    if (date.equals(outage)) cases.push(...Array.from({ length: 26 }, () => ofTheOutage(random)));
    for (const [index, each] of cases.entries())
      lines.push(...rowsOf(`INC${String(day * 100 + index).padStart(7, '0')}`, each));
  }
  return `${lines.join('\n')}\n`;
}

function usual(date: Temporal.PlainDate, random: () => number): Case {
  const kind = Math.floor(random() ** 2 * 10) + 1;
  const handovers = random() < 0.55 ? 0 : random() < 0.6 ? 1 : 2 + Math.floor(random() * 3);
  return {
    kind,
    handovers,
    opened: date.toPlainDateTime({ hour: opens + Math.floor(random() * 10), minute: Math.floor(random() * 60) }),
    // One in twenty-five waits for a part or a person, whoever has it.
    minutes: Math.min(
      5000,
      Math.round((60 + random() * 240) * (random() < 0.04 ? 8 : 1) * (1 + handovers * handovers * (1 + random()))),
    ),
    priority: random() < 0.05 ? high : moderate,
    source: random() < 0.8 ? 'Phone' : 'Self service',
  };
}

function ofTheOutage(random: () => number): Case {
  const opened = outage.toPlainDateTime({ hour: opens + 1, minute: Math.floor(random() * 60) });
  return {
    kind: 11,
    handovers: 4,
    opened,
    minutes: 1500 + Math.floor(random() * 120),
    priority: high,
    source: 'Phone',
  };
}

function rowsOf(key: string, { kind, handovers, opened, minutes, priority, source }: Case): string[] {
  const restored = afterOpen(opened, minutes);
  const closed = restored.add({ days: 5 });
  const row = (state: string, mod: number, passed: number, at: Temporal.PlainDateTime, team: number) =>
    [
      key,
      state,
      mod,
      passed,
      0,
      `Caller ${1 + (Math.floor(kind * 37 + mod) % 180)}`,
      written(opened),
      `Updated by ${team}`,
      written(at),
      source,
      `Category ${kind}`,
      `Subcategory ${kind * 3}`,
      `Symptom ${kind * 7}`,
      '?',
      ...priority,
      `Group ${team}`,
      `Resolver ${team * 3}`,
      'code 6',
      written(restored),
      written(closed),
    ].join(',');
  const rows = [row('New', 0, 0, opened, 1)];
  for (let passed = 0; passed <= handovers; passed += 1) {
    const at = afterOpen(opened, Math.round(minutes * ((passed + 1) / (handovers + 2))));
    rows.push(row('Active', passed + 1, passed, at, 1 + ((kind + passed) % 6)));
  }
  return [
    ...rows,
    row('Resolved', handovers + 2, handovers, restored, 1 + ((kind + handovers) % 6)),
    row('Closed', handovers + 3, handovers, closed, 1 + ((kind + handovers) % 6)),
  ];
}

const written = (at: Temporal.PlainDateTime) =>
  `${at.day}/${at.month}/${at.year} ${String(at.hour).padStart(2, '0')}:${String(at.minute).padStart(2, '0')}`;

/** The time at which so many minutes of service hours have passed. */
function afterOpen(from: Temporal.PlainDateTime, minutes: number): Temporal.PlainDateTime {
  let at = from;
  let left = minutes;
  for (;;) {
    const evening = at.toPlainDate().toPlainDateTime({ hour: closes });
    const today = isOpen(at.toPlainDate()) ? Math.max(0, evening.since(at).total('minutes')) : 0;
    if (left <= today) return at.add({ minutes: left });
    left -= today;
    at = at.toPlainDate().add({ days: 1 }).toPlainDateTime({ hour: opens });
  }
}

const isOpen = (date: Temporal.PlainDate) => date.dayOfWeek < 6 && !closedDays.has(date.toString());

/** A small linear congruential generator: the example must be the same for everybody. Constants of Numerical Recipes. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}
