// What was handed over of a record, edition by edition, and how it was answered.
import type { RecordDefinition } from '../../core/record/define/define.ts';
import type { ListReply, RecordView } from '../../core/ui/contract.ts';
import { queryOf } from '../../core/ui/api.ts';
import { FieldValue } from '../../core/ui/form/field-value.tsx';
import { Go } from '../../core/ui/go.tsx';
import { useAnswer } from '../../core/ui/queries.ts';
import { usePathOf } from '../../core/ui/registry.ts';
import type { PanelProps } from '../../core/ui/registry.ts';
import { RefusedPlace, Waiting } from '../../core/ui/states.tsx';
import { StateWord } from '../../core/ui/tone.tsx';
import { When } from '../../core/ui/when.tsx';
import { handOverKinds } from '../hand-overs.ts';
import styles from './hand-overs.module.css';

const shown = 50;

/** The subject is the page itself. */
const columnsOf = (definition: RecordDefinition) =>
  definition.columns.flatMap((name) => {
    const field = name === 'subject' ? undefined : definition.fields[name];
    return field ? [{ name, field }] : [];
  });

function Row({
  definition,
  record,
  names,
}: {
  definition: RecordDefinition;
  record: RecordView;
  names: ListReply['names'];
}) {
  const pathOf = usePathOf();
  return (
    <tr>
      <td>
        <Go to={pathOf(record)}>{record.ref}</Go>
      </td>
      <td>
        <StateWord lifecycle={definition.lifecycle} state={record.state} />
      </td>
      {columnsOf(definition).map(({ name, field }) => (
        <td key={name}>
          <FieldValue field={field} value={record.fields[name]} names={names} short />
        </td>
      ))}
      <td>
        <When at={record.updatedAt} />
      </td>
    </tr>
  );
}

function Editions({ definition, subject }: { definition: RecordDefinition; subject: string }) {
  const query = queryOf({ subject, limit: shown });
  const answer = useAnswer<ListReply>(['list', definition.type, query], `/${definition.path}${query}`);
  if (answer.isPending) return <Waiting what={`Loading ${definition.plural.toLowerCase()}`} lines={2} />;
  if (answer.isError) return <RefusedPlace error={answer.error} again={() => answer.refetch()} />;
  const { items, names, nextCursor } = answer.data;
  return (
    <>
      <h3 className={styles.kind}>{definition.label}</h3>
      {items.length === 0 ? (
        <p className="quiet">None yet. {definition.purpose}</p>
      ) : (
        <div className={styles.scroll} tabIndex={0} role="group" aria-label={definition.plural}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Number</th>
                <th scope="col">Answer</th>
                {columnsOf(definition).map(({ name, field }) => (
                  <th key={name} scope="col">
                    {field.label}
                  </th>
                ))}
                <th scope="col">Since</th>
              </tr>
            </thead>
            <tbody>
              {items.map((each) => (
                <Row key={each.id} definition={definition} record={each} names={names} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {nextCursor && <Go to={`/${definition.path}?subject=${subject}`}>All {definition.plural.toLowerCase()}</Go>}
    </>
  );
}

export function Panel({ read: { record } }: PanelProps) {
  return handOverKinds
    .filter(({ subject }) => subject === record.type)
    .map(({ definition }) => <Editions key={definition.type} definition={definition} subject={record.id} />);
}
