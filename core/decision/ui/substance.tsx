// What is decided, before anything about it: the record's own words and figures, those of what it rests on, and what they were.
import type { ReactNode } from 'react';
import { fieldsOf } from '../../record/define/define.ts';
import type { Field } from '../../record/define/fields.ts';
import type { GateView, Names } from '../../ui/contract.ts';
import { FieldValue } from '../../ui/form/field-value.tsx';
import { isEmpty } from '../../ui/form/values.ts';
import { Go } from '../../ui/go.tsx';
import { useRecord } from '../../ui/queries.ts';
import { useRegistry } from '../../ui/registry.ts';
import { When } from '../../ui/when.tsx';
import styles from './gate.module.css';

type Gist = GateView['gist'][number];

/** The subject of a gate, for what is decided about it: the page stands when both are there, so that nothing jumps. */
export function useSubject({ type, id }: GateView['subject']) {
  const { definitions } = useRegistry();
  const definition = definitions.find((each) => each.type === type);
  return { definition, read: useRecord(definition?.path ?? '', id) };
}

/** So many rows are read at a glance; more of them are a record of their own. */
const atAGlance = 8;

/** What is long, or made for the system, is unfolded by who wants it. */
function Folded({ field, value, children }: { field: Field; value: unknown; children: ReactNode }) {
  const rows = Array.isArray(value) ? value.length : 0;
  if (field.kind !== 'json' && rows <= atAGlance) return children;
  return (
    <details>
      <summary>{rows ? `${rows} rows` : 'As it is kept'}</summary>
      {children}
    </details>
  );
}

interface ShownProps {
  name: string;
  field: Field;
  value: unknown;
  gist: Gist | undefined;
  names: Names;
}

function Shown({ name, field, value, gist, names }: ShownProps) {
  const earlier = gist?.earlier.filter((each) => each.name === name) ?? [];
  return (
    <div data-wide={field.kind === 'longText' || field.kind === 'list'}>
      <dt>{field.label}</dt>
      <dd>
        <Folded field={field} value={value}>
          <FieldValue field={field} value={value} names={names} />
        </Folded>
        {earlier.map((was) => (
          <span key={was.until} className={`quiet small ${styles.was}`}>
            <FieldValue field={field} value={was.value} names={names} /> until <When at={was.until} as="date" />
          </span>
        ))}
      </dd>
    </div>
  );
}

/** What the decision rests on, by the figures that matter of it. */
function RestsOn({ gist, names }: { gist: Gist; names: Names }) {
  const { definitions } = useRegistry();
  const definition = definitions.find(({ type }) => type === gist.type);
  const told = Object.entries(gist.values).flatMap(([name, value]) => {
    const field = definition?.fields[name];
    return field && !isEmpty(value) ? [{ name, field, value }] : [];
  });
  return (
    <section aria-label={`${gist.ref} ${gist.title}`}>
      <h3 className={styles.restsOn}>
        <Go to={`/r/${gist.ref}`}>{gist.title}</Go> <span className="quiet small">{gist.ref}</span>
      </h3>
      <dl className={styles.gist}>
        {told.map((each) => (
          <Shown key={each.name} {...each} gist={gist} names={names} />
        ))}
      </dl>
    </section>
  );
}

export function Substance({
  of: { definition, read },
  gate,
}: {
  of: ReturnType<typeof useSubject>;
  gate: Pick<GateView, 'gist' | 'names' | 'subject'>;
}) {
  const { data } = read;
  if (!definition || !data) return null;
  const { fields } = data.record;
  const filled = fieldsOf(definition).filter(([name, field]) => !field.unhashed && !isEmpty(fields[name]));
  const own = gate.gist.find(({ id }) => id === gate.subject.id);
  const others = gate.gist.filter((each) => each !== own);
  if (filled.length === 0 && others.length === 0) return null;
  return (
    <section aria-labelledby="substance" className={styles.section}>
      <h2 id="substance">What is decided</h2>
      <dl className={styles.substance}>
        {filled.map(([name, field]) => (
          <Shown key={name} name={name} field={field} value={fields[name]} gist={own} names={data.names} />
        ))}
      </dl>
      {others.map((gist) => (
        <RestsOn key={gist.id} gist={gist} names={gate.names} />
      ))}
    </section>
  );
}
