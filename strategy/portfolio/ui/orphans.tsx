// Where the thread of what is in use is broken: what stands without an agreed requirement, an outcome, or a value.
import { Go } from '../../../core/ui/go.tsx';
import { usePageTitle } from '../../../core/ui/page-title.ts';
import { useAnswer } from '../../../core/ui/queries.ts';
import { usePathOf } from '../../../core/ui/registry.ts';
import { EmptyPlace, RefusedPlace, Waiting } from '../../../core/ui/states.tsx';
import { ToneIcon } from '../../../core/ui/tone.tsx';
import type { Header } from '../../../core/ui/contract.ts';
import styles from './orphans.module.css';

interface Break {
  at: Header;
  of: Header;
  code: string;
  sentence: string;
  hint: string;
}

function Row({ broken: { at, of, sentence, hint } }: { broken: Break }) {
  const pathOf = usePathOf();
  return (
    <li className={styles.row}>
      <ToneIcon tone="bad" />
      <div className={styles.what}>
        <p>{sentence}</p>
        <p className="quiet small">{hint}</p>
      </div>
      <span className={styles.where}>
        <Go to={pathOf(at)}>
          {at.ref} {at.title}
        </Go>
        {at.id !== of.id && (
          <Go to={pathOf(of)} className="small">
            {of.ref} {of.title}
          </Go>
        )}
      </span>
    </li>
  );
}

/** The orphan report. */
export function Screen() {
  const orphans = useAnswer<{ items: Break[] }>(['orphans'], '/orphans', { live: true });
  usePageTitle('Breaks in the thread');
  return (
    <>
      <h1>Breaks in the thread</h1>
      <p className="quiet">
        Everything in use leads up to a requirement that the business agreed, and down to an outcome with a source and a
        baseline, which is measured once its first period is over. Here stands what does not.
      </p>
      {orphans.isPending && <Waiting />}
      {orphans.isError && <RefusedPlace error={orphans.error} again={() => orphans.refetch()} />}
      {orphans.data?.items.length === 0 && (
        <EmptyPlace sentence="Nothing that you may see and that is in use is cut off from what the business agreed." />
      )}
      <ul className={styles.rows}>
        {orphans.data?.items.map((each) => (
          <Row key={`${each.code}${each.at.id}${each.of.id}`} broken={each} />
        ))}
      </ul>
    </>
  );
}
