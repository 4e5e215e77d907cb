// What a decision in force stands on and that reads otherwise now: was, and is.
import type { GateView, Names } from '../../ui/contract.ts';
import { Go } from '../../ui/go.tsx';
import { FieldValue } from '../../ui/form/field-value.tsx';
import { useRegistry } from '../../ui/registry.ts';
import { formatDate } from '../../ui/format.ts';
import { nameIn } from '../../ui/named.ts';
import { ToneWord } from '../../ui/tone.tsx';
import { lookup } from '../../names/lookup.ts';
import styles from './gate.module.css';

type Change = GateView['changes'][number];

const how = lookup({ altered: 'Altered', added: 'Added', gone: 'Gone', ended: 'Ended' } as const);

function ChangeRow({ change, names }: { change: Change; names: Names }) {
  const { definitions } = useRegistry();
  const definition = definitions.find(({ type }) => type === change.type);
  return (
    <li>
      <ToneWord tone="attention" word={how[change.how]} />
      <div>
        {change.ref === null ? change.title : <Go to={`/r/${change.ref}`}>{`${change.ref} ${change.title}`}</Go>}
        {change.parts.map(({ name, label, was, becomes }) => {
          const field = definition?.fields[name];
          if (!field) return null;
          return (
            <div key={name} className="small">
              {label}:{' '}
              <del>
                <FieldValue field={field} value={was} names={names} />
              </del>{' '}
              <ins>
                <FieldValue field={field} value={becomes} names={names} />
              </ins>
            </div>
          );
        })}
      </div>
    </li>
  );
}

export function Changes({ gate }: { gate: GateView }) {
  const lapsed = gate.conditions.filter((each) => each.state === 'lapsed');
  if (gate.changes.length + (gate.inState ? 0 : lapsed.length) === 0) return null;
  if (gate.inState)
    return (
      <section aria-labelledby="changes" className={styles.section}>
        <h2 id="changes">Altered since it was last decided here</h2>
        <ul className={styles.checks}>
          {gate.changes.map((change) => (
            <ChangeRow key={change.id} change={change} names={gate.names} />
          ))}
        </ul>
      </section>
    );
  return (
    <section aria-labelledby="changes" className={styles.section}>
      <h2 id="changes">{gate.changes.length ? 'Altered since it was decided' : 'A condition lapsed'}</h2>
      <p className="quiet">
        {gate.changes.length
          ? 'The decision stands on what reads otherwise now.'
          : 'What the decision was made on did not come in time.'}{' '}
        Nothing is taken back by itself: say whether it stands, stands with conditions, or is to be asked again.
      </p>
      <ul className={styles.checks}>
        {gate.changes.map((change) => (
          <ChangeRow key={change.id} change={change} names={gate.names} />
        ))}
        {lapsed.map(({ id, text, owner, dueAt }) => (
          <li key={id}>
            <ToneWord tone="bad" word="Lapsed" />
            <div>
              {text}{' '}
              <span className="quiet small">
                {owner && `${nameIn(gate.names, owner)}, `}due {dueAt && formatDate(dueAt)}
              </span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
