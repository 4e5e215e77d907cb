// Roles without which some gate can be decided by nobody.
import { Go } from '../../../core/ui/go.tsx';
import { useRoleWords } from '../../../core/ui/registry.ts';
import { ToneWord } from '../../../core/ui/tone.tsx';
import styles from './installation.module.css';

export interface Vacancy {
  customer: string | null;
  customerTitle: string | null;
  roles: readonly string[];
  gates: readonly string[];
  needed: number;
  held: number;
  waiting: number;
  first: readonly { gate: string; ref: string }[];
}

/** What waits for a role that nobody holds: the first of it leads to its gates. */
function Waits({ waiting, first }: Pick<Vacancy, 'waiting' | 'first'>) {
  if (waiting === 0) return <span className="quiet">Nothing waits for it yet</span>;
  return (
    <span>
      <ToneWord tone="attention" word="Waits:" />{' '}
      {first.map(({ gate, ref }, index) => (
        <span key={`${gate} ${ref}`}>
          {index > 0 && ', '}
          <Go to={`/gates/${gate}/${ref}`}>{`${gate} ${ref}`}</Go>
        </span>
      ))}
      {waiting > first.length && ` and ${waiting - first.length} more`}
    </span>
  );
}

/** What nobody could decide, if it came to it: what waits for somebody stands first. */
export function Vacancies({ vacancies }: { vacancies: readonly Vacancy[] }) {
  const roleWords = useRoleWords();
  if (!vacancies.length)
    return (
      <p>
        <ToneWord tone="good" word="For every gate somebody is there who may decide." />
      </p>
    );
  return (
    <ul className={styles.vacancies} aria-label="Roles to be given">
      {vacancies
        .toSorted((one, other) => other.waiting - one.waiting)
        .map(({ customer, customerTitle, roles, gates, needed, held, waiting, first }) => (
          <li key={`${customer} ${roles.join(' ')} ${needed}`}>
            <span className={styles.role}>
              {roles.map(roleWords).join(' or ')}
              {needed > 1 && `, ${needed - held} more`}
              <span className="quiet"> · {customerTitle ?? 'the provider'}</span>
            </span>
            <span className="quiet">{gates.join(', ')}</span>
            <Waits waiting={waiting} first={first} />
          </li>
        ))}
    </ul>
  );
}
