// The columns that were found, and what each of them fills.
import { CloseButton, NativeSelect } from '@mantine/core';
import type { RecordDefinition } from '../../record/define/define.ts';
import { formatNumber } from '../format.ts';
import type { ColumnRule, LookedColumn, Mapping } from './contract.ts';
import { fillable, ruleFor, wordsOf } from './guess.ts';
import type { Fillable } from './guess.ts';
import { ColumnSelect } from './essentials.tsx';
import { filledBy, usesOf, without } from './wanted.ts';
import { WordsTable } from './words-table.tsx';
import styles from './import.module.css';
import { lookup } from '../../names/lookup.ts';

const wayWords: Readonly<Partial<Record<ColumnRule['as'], string>>> = lookup({
  customer_person: 'People of the customer',
  provider_person: "The provider's own people",
  integer: 'Whole numbers',
  decimal: 'Numbers',
});

interface FilledProps {
  fillable: Fillable;
  rule: ColumnRule;
  columns: readonly LookedColumn[];
  missing: readonly string[];
  onRule: (rule: ColumnRule | null) => void;
}

/** A field that a column fills, with what there is to say about it. */
function Filled({ fillable: { field, ways }, rule, columns, missing, onRule }: FilledProps) {
  const { label } = field;
  const isParty = ['customer_person', 'provider_person', 'team'].includes(rule.as);
  const { values = {} } = rule;
  const words = wordsOf(
    columns.find(({ name }) => name === rule.column),
    missing,
  );
  return (
    <div className={styles.filled}>
      <span className={styles.ours}>
        {label}
        <CloseButton size="sm" aria-label={`Do not fill ${label}`} onClick={() => onRule(null)} />
      </span>
      {ways.length > 1 && (
        <NativeSelect
          size="xs"
          aria-label={`${label}: what the column holds`}
          value={rule.as}
          onChange={(choice) =>
            onRule({ ...rule, as: ways.find((way) => way === choice.currentTarget.value) ?? rule.as })
          }
          data={ways.map((value) => ({ value, label: wayWords[value] ?? value }))}
        />
      )}
      {isParty && (
        <ColumnSelect
          label="Told apart by"
          columns={columns}
          value={rule.key ?? ''}
          none="The name alone"
          onChange={(key) => onRule({ ...rule, key: key || undefined })}
        />
      )}
      {field.kind === 'choice' && (
        <WordsTable
          label={label}
          words={[...new Set([...words, ...Object.keys(values)])]}
          options={Object.entries(field.options).map(([value, name]) => ({ value, label: name }))}
          nothing="Unknown: its rows are not taken"
          meaning={(word) => (Object.hasOwn(values, word) ? (values[word] ?? '') : '')}
          onMean={(word, value) =>
            onRule({ ...rule, values: value === '' ? without(values, word) : { ...values, [word]: value } })
          }
        />
      )}
    </div>
  );
}

interface ColumnRowProps {
  column: LookedColumn;
  columns: readonly LookedColumn[];
  fields: readonly Fillable[];
  mapping: Mapping;
  onEdit: (patch: Partial<Mapping>) => void;
}

function ColumnRow({ column, columns, fields, mapping, onEdit }: ColumnRowProps) {
  const { name, times, words, empty } = column;
  const filled = filledBy(mapping, name);
  const uses = usesOf(mapping, name);
  const setRule = (field: string, rule: ColumnRule | null) =>
    onEdit({ fields: rule ? { ...mapping.fields, [field]: rule } : without(mapping.fields, field) });
  const free = fields.filter((each) => !Object.hasOwn(mapping.fields, each.name));
  const fill = (field: string) => {
    const chosen = fields.find((each) => each.name === field);
    if (chosen) setRule(field, ruleFor(chosen, column, mapping.missing));
  };
  return (
    <tr>
      <th scope="row" className={styles.column}>
        {name || '(no name)'}
        <span className={styles.sample}>
          {words.slice(0, 4).join(', ') || 'nothing'}
          {empty > 0 && `; empty in ${formatNumber(empty)}`}
        </span>
      </th>
      <td>
        {uses.length > 0 && <p className={styles.uses}>It is {uses.join(', ')}.</p>}
        {filled.map(([field, rule]) => {
          const of = fields.find((each) => each.name === field);
          return of ? (
            <Filled
              key={field}
              fillable={of}
              rule={rule}
              columns={columns}
              missing={mapping.missing}
              onRule={(next) => setRule(field, next)}
            />
          ) : (
            <p key={field}>{field}</p>
          );
        })}
        {times > 1 || !name ? (
          <span className="quiet small">
            {name ? `Stands ${times} times: none of them can be read.` : 'Has no name.'}
          </span>
        ) : (
          <NativeSelect
            size="xs"
            aria-label={`${name} fills`}
            value=""
            onChange={(choice) => fill(choice.currentTarget.value)}
            data={[
              { value: '', label: filled.length || uses.length ? 'Fill another field' : 'Not taken' },
              ...free.map((each) => ({ value: each.name, label: each.field.label })),
            ]}
          />
        )}
      </td>
    </tr>
  );
}

interface ColumnsTableProps extends Omit<ColumnRowProps, 'column' | 'fields'> {
  definition: RecordDefinition;
}

export function ColumnsTable({ definition, ...props }: ColumnsTableProps) {
  const fields = fillable(definition);
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Column of the file</th>
            <th scope="col">Fills</th>
          </tr>
        </thead>
        <tbody>
          {props.columns.map((column, index) => (
            <ColumnRow key={`${column.name}.${index}`} column={column} fields={fields} {...props} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
