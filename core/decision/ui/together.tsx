// Where several customers decide together: by which rule, who has decided and who is awaited.
import type { GateView } from '../../ui/contract.ts';
import { formatValue } from '../../ui/format.ts';
import { nameIn } from '../../ui/named.ts';
import { ToneWord } from '../../ui/tone.tsx';
import type { Tone } from '../../lifecycle/lifecycle.ts';
import { lookup } from '../../names/lookup.ts';
import styles from './gate.module.css';

type Shown = NonNullable<GateView['together']>;
type Vote = Shown['customers'][number]['vote'];

const votes: Readonly<Record<Vote, { word: string; tone: Tone }>> = lookup({
  approved: { word: 'Approved', tone: 'good' },
  refused: { word: 'Refused', tone: 'bad' },
  opted_out: { word: 'Opted out', tone: 'unknown' },
  decided: { word: 'Has decided', tone: 'neutral' },
  awaited: { word: 'Awaited', tone: 'attention' },
});

function ruleInWords({ rule, lead, percent, customers }: Shown, names: GateView['names']): string {
  if (rule === 'weighted')
    return `They agreed that ${percent} % of the funding carries it. Who says nothing counts as not approving.`;
  if (rule === 'lead')
    return lead === null
      ? 'They agreed that another organisation speaks for all.'
      : `They agreed that ${nameIn(names, lead)} speaks for all.`;
  const isLess = customers.some(({ vote }) => vote === 'opted_out');
  return `Each of them decides${isLess ? ' that did not opt out' : ''}. Silence is no consent.`;
}

export function TogetherSection({ gate: { together, names } }: { gate: GateView }) {
  if (!together) return null;
  const { customers } = together;
  const own = customers.filter(({ customer }) => customer !== null);
  const others = customers.filter(({ customer }) => customer === null);
  const decided = customers.filter(({ vote }) => vote !== 'awaited').length;
  return (
    <section aria-labelledby="together" className={styles.section}>
      <h2 id="together">
        {customers.length} organisations decide{' '}
        <span className="quiet small">
          {decided} of {customers.length} have
        </span>
      </h2>
      <p className="small">{ruleInWords(together, names)}</p>
      <ul className={styles.people}>
        {[...own, ...others].map(({ customer, vote, weight }, index) => (
          <li key={customer ?? index}>
            <strong>{customer === null ? 'Another organisation' : nameIn(names, customer)}</strong>{' '}
            {weight !== null && <span className="quiet">{formatValue(weight, '%')} of the funding</span>}
            <ToneWord tone={votes[vote].tone} word={votes[vote].word} />
          </li>
        ))}
      </ul>
    </section>
  );
}
