import type { Field } from '../../record/define/fields.ts';
import type { Names } from '../contract.ts';
import { formatDate, formatMoney, formatNumber, inWords, present, useClock } from '../format.ts';
import { Go } from '../go.tsx';
import { When } from '../when.tsx';
import styles from './form.module.css';
import { RoleName } from './role-name.tsx';
import { isEmpty, moneyOf, rowsOf, textOf } from './values.ts';
import { nilUuid } from '../../record/define/id.ts';
import { nameIn } from '../named.ts';

interface FieldValueProps {
  field: Field;
  value: unknown;
  names: Names /** One line, for tables. */;
  short?: boolean;
  /** Of the record that it stands in. */
  state?: string | undefined;
}

// A digest is compared by its beginning; the whole of it is one hover away.
const digest = /^[0-9a-f]{64}$/;

const beginningLength = 120;

/** The first words of a long text, which says that it goes on. */
const beginningOf = (text: string): string =>
  text.length <= beginningLength ? text : `${text.slice(0, beginningLength).replace(/\s+\S*$/, '')} …`;

function Text({ text, names }: { text: string; names: Names }) {
  if (digest.test(text)) return <code title={text}>{text.slice(0, 12)}</code>;
  return names[text] ?? text;
}

function Rows({ field, value, names }: { field: Extract<Field, { kind: 'list' }>; value: unknown; names: Names }) {
  const columns = Object.entries(field.items);
  return (
    <div className={styles.scroll} tabIndex={0} role="group" aria-label={field.label}>
      <table className={styles.rowsTable}>
        <thead>
          <tr>
            {columns.map(([name, item]) => (
              <th key={name} scope="col">
                {item.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rowsOf(value).map((row, index) => (
            <tr key={index}>
              {columns.map(([name, item]) => (
                <td key={name}>
                  <FieldValue field={item} value={row[name]} names={names} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A day on which something is due, and which is over, says so. */
function Day({ day, due }: { day: string; due: boolean }) {
  useClock();
  const shown = <time dateTime={day}>{formatDate(day)}</time>;
  if (!due) return shown;
  const isOver = present().slice(0, 10) > day;
  return (
    <span className={styles.due} data-over={isOver}>
      {shown}
      {isOver && ', overdue'}
    </span>
  );
}

/** A field's value as words: people and records by name, money and dates by locale. */
export function FieldValue({ field, value, names, short = false, state }: FieldValueProps) {
  if (isEmpty(value))
    return (
      <span className="quiet" aria-label="Not given">
        –
      </span>
    );
  switch (field.kind) {
    case 'person':
    case 'team':
    case 'customer':
      return nameIn(names, textOf(value));
    case 'choice':
      return field.options[textOf(value)] ?? inWords(textOf(value));
    case 'integer':
    case 'decimal':
      return typeof value === 'number' ? (
        <>
          {formatNumber(value, 4)}
          {field.unit && <span className="quiet"> {field.unit}</span>}
        </>
      ) : (
        textOf(value)
      );
    case 'money': {
      const amount = moneyOf(value);
      return amount ? formatMoney(amount) : '–';
    }
    case 'date':
      return <Day day={textOf(value)} due={state !== undefined && field.dueIn?.includes(state) === true} />;
    case 'instant':
      return <When at={textOf(value)} as="instant" />;
    case 'boolean':
      return value === true ? 'Yes' : 'No';
    case 'reference':
      return value === nilUuid ? (
        nameIn(names, nilUuid)
      ) : (
        <Go to={`/r/${textOf(value)}`}>{nameIn(names, textOf(value))}</Go>
      );
    case 'json':
      return short ? (
        <span className="quiet">data</span>
      ) : (
        <pre className={styles.json} tabIndex={0}>
          {JSON.stringify(value, null, 2)}
        </pre>
      );
    case 'list':
      return short ? <span>{rowsOf(value).length}</span> : <Rows field={field} value={value} names={names} />;
    case 'longText':
      return short ? <span>{beginningOf(textOf(value))}</span> : <span className={styles.long}>{textOf(value)}</span>;
    case 'text':
      if (field.names === 'role') return <RoleName code={textOf(value)} />;
      return <Text text={textOf(value)} names={names} />;
  }
}
