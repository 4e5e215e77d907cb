import { rulesOf } from '../../core/record/define/rule.ts';
import { refusal, unless } from '../../core/refusal/refusal.ts';
import { readCalendar } from '../../core/clock/read-calendar.ts';
import type { workStandardRecord } from './record.ts';

/** What a standard must fulfil before work is measured by it. */
export const workStandardRules = rulesOf<typeof workStandardRecord>({
  'working-hours': {
    sentence: 'Its working hours can be computed with.',
    gives: ['calendar.form', 'calendar.date', 'calendar.interval', 'calendar.zone'],
    check: ({ values }) => readCalendar(values.calendar).refusals,
  },
  'targets-set': {
    sentence: 'It sets a target for at least one priority, each priority once.',
    gives: ['work-standard.no-target', 'work-standard.target-twice'],
    check: ({ values }) => {
      const named = (values.targets ?? []).map(({ priority }) => priority);
      return [
        ...unless(
          named.length > 0,
          refusal('work-standard.no-target', 'It sets no target.', 'Add the targets by priority.', 'targets'),
        ),
        ...unless(
          new Set(named).size === named.length,
          refusal('work-standard.target-twice', 'A priority has two targets.', 'Keep one for each.', 'targets'),
        ),
      ];
    },
  },
});
