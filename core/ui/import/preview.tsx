// What would come of it: all faults, or the first records.
import type { RecordDefinition } from '../../record/define/define.ts';
import { formatDate, formatInstant, formatNumber } from '../format.ts';
import { Reasons } from '../states.tsx';
import { StateWord } from '../tone.tsx';
import type { Preview as Previewed } from './contract.ts';
import { RejectsTable } from './rejects.tsx';
import styles from './import.module.css';

function valueOf(field: RecordDefinition['fields'][string] | undefined, value: string | number | boolean): string {
  if (field?.kind === 'choice') return field.options[String(value)] ?? String(value);
  if (field?.kind === 'instant') return formatInstant(String(value));
  if (field?.kind === 'date') return formatDate(String(value));
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}

function Records({ definition, records }: { definition: RecordDefinition; records: Previewed['records'] }) {
  return (
    <div className={styles.scroll} tabIndex={0} role="group" aria-label="The first records">
      <table className={`${styles.table} ${styles.wideTable}`}>
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">Title</th>
            <th scope="col">State</th>
            <th scope="col" className={styles.number}>
              Steps
            </th>
            <th scope="col">Values</th>
          </tr>
        </thead>
        <tbody>
          {records.map(({ key, title, state, steps, values }) => (
            <tr key={key}>
              <td>{key}</td>
              <td>{title}</td>
              <td>
                <StateWord lifecycle={definition.lifecycle} state={state} />
              </td>
              <td className={styles.number}>{formatNumber(steps)}</td>
              <td className={styles.values}>
                {Object.entries(values).flatMap(([name, value]) =>
                  value === null
                    ? []
                    : [
                        <span key={name}>
                          <span className="quiet">{definition.fields[name]?.label ?? name}</span>{' '}
                          {valueOf(definition.fields[name], value)}
                        </span>,
                      ],
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Preview({ definition, preview }: { definition: RecordDefinition; preview: Previewed }) {
  const { rows, faults, records, rejects, rejected } = preview;
  if (faults.length) return <Reasons refusals={faults} title="The mapping does not fit yet" />;
  return (
    <>
      <p role="status">
        Of the first {formatNumber(rows)} rows {formatNumber(rows - rejected)} can be taken
        {rejected > 0 && ` and ${formatNumber(rejected)} cannot`}. Nothing is written yet.
      </p>
      {records.length > 0 && <Records definition={definition} records={records} />}
      {rejects.length > 0 && <RejectsTable rejects={rejects} />}
    </>
  );
}
