// What is decided, before anything about it: the record's own words and figures.
import { fieldsOf } from '../../record/define/define.ts';
import type { GateView } from '../../ui/contract.ts';
import { FieldValue } from '../../ui/form/field-value.tsx';
import { useRestated } from '../../ui/form/restated.tsx';
import { isEmpty } from '../../ui/form/values.ts';
import { useRecord } from '../../ui/queries.ts';
import { useRegistry } from '../../ui/registry.ts';
import styles from './gate.module.css';

/** The subject of a gate, for what is decided about it: the page stands when both are there, so that nothing jumps. */
export function useSubject({ type, id }: GateView['subject']) {
  const { definitions } = useRegistry();
  const definition = definitions.find((each) => each.type === type);
  return { definition, read: useRecord(definition?.path ?? '', id) };
}

export function Substance({ of: { definition, read } }: { of: ReturnType<typeof useSubject> }) {
  const { data } = read;
  // What becomes another stands beside what it was.
  const { names: restated } = useRestated(definition);
  if (!definition || !data) return null;
  const { fields } = data.record;
  const filled = fieldsOf(definition).filter(
    ([name, field]) => !field.unhashed && !restated.has(name) && !isEmpty(fields[name]),
  );
  if (filled.length === 0) return null;
  return (
    <section aria-labelledby="substance" className={styles.section}>
      <h2 id="substance">What is decided</h2>
      <dl className={styles.substance}>
        {filled.map(([name, field]) => (
          <div key={name} data-wide={field.kind === 'longText' || field.kind === 'list'}>
            <dt>{field.label}</dt>
            <dd>
              <FieldValue field={field} value={fields[name]} names={data.names} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
