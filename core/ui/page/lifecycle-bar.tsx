import type { RecordDefinition } from '../../record/define/define.ts';
import type { State } from '../../lifecycle/lifecycle.ts';
import { wayOf } from '../../lifecycle/way.ts';
import type { RecordRead } from '../contract.ts';
import { Go } from '../go.tsx';
import { useRegistry } from '../registry.ts';
import { ToneIcon, ToneWord } from '../tone.tsx';
import styles from './page.module.css';
import { lookup } from '../../names/lookup.ts';

/** The states as they follow each other, the present one marked. */
export function StatesDrawn({ definition, state }: { definition: RecordDefinition; state: string }) {
  const way = wayOf(definition.lifecycle, state);
  const at = way.indexOf(state);
  const states = way.flatMap((name) => {
    const each: State | undefined = definition.lifecycle.states[name];
    return each ? [[name, each] as const] : [];
  });
  return (
    <ol className={styles.states} aria-label="States">
      {states.map(([name, each], index) => (
        <li
          key={name}
          aria-current={name === state ? 'step' : undefined}
          data-before={index < at}
          data-final={each.final ?? false}
          data-tone={each.tone}
        >
          {name === state && <ToneIcon tone={each.tone} size={13} />}
          <span>{each.label}</span>
        </li>
      ))}
    </ol>
  );
}

const outcomes = lookup({
  approve: { tone: 'good', word: 'Approved' },
  approve_with_conditions: { tone: 'good', word: 'Approved with conditions' },
  reject: { tone: 'bad', word: 'Rejected' },
  defer: { tone: 'attention', word: 'Deferred' },
  withdraw: { tone: 'unknown', word: 'Withdrawn' },
  opt_out: { tone: 'unknown', word: 'Opted out' },
} as const);

/** The gates of such a record in the order of its way, with what was decided last at each, and which are open now. */
export function GatesAhead({ definition, read }: { definition: RecordDefinition; read: RecordRead }) {
  const { gates: names } = useRegistry();
  const { moves, stands, states } = definition.lifecycle;
  const order = Object.keys(states);
  const all = [
    ...Object.values(moves).flatMap(({ gate, from, on }) => (gate && on === 'approve' ? [{ gate, from }] : [])),
    ...Object.entries(stands ?? {}).map(([gate, each]) => ({ gate, from: each.in })),
  ].toSorted((one, other) => order.indexOf(one.from[0] ?? '') - order.indexOf(other.from[0] ?? ''));
  const gates = all.filter(({ gate }, index) => all.findIndex((each) => each.gate === gate) === index);
  if (gates.length === 0) return null;
  return (
    <section aria-labelledby="gates">
      <h2 id="gates">Gates</h2>
      <ul className={styles.gates}>
        {gates.map(({ gate, from }) => {
          const last = read.decisions
            .filter((each) => each.gate === gate)
            .toSorted((one, other) => (one.occurredAt < other.occurredAt ? 1 : -1))[0];
          const waits = read.gates.some((each) => each.gate === gate && each.waits);
          const open = from.includes(read.record.state);
          return (
            <li key={gate}>
              <Go to={`/gates/${gate}/${read.record.id}`} className={styles.gateLink}>
                {gate} {names[gate]}
              </Go>
              {last ? (
                <ToneWord {...outcomes[last.outcome]} />
              ) : open ? (
                <ToneWord tone="attention" word={waits ? 'Waits' : 'Open'} />
              ) : (
                <span className="quiet">Not yet</span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
