import { Button } from '@mantine/core';
import { systemId } from '../../permission/principal.ts';
import type { RecordDefinition } from '../../record/define/define.ts';
import type { Field } from '../../record/define/fields.ts';
import type { JournalEntry, Names } from '../contract.ts';
import { FieldValue } from '../form/field-value.tsx';
import { inWords } from '../format.ts';
import { useJournal } from '../queries.ts';
import { RefusedPlace, Waiting } from '../states.tsx';
import { StateWord, ToneWord } from '../tone.tsx';
import { When } from '../when.tsx';
import {
  actOf,
  breachesOf,
  editsTold,
  movesAfter,
  movesTold,
  type ShownBreach,
  type ShownEdit,
  wayOf,
} from './history.ts';
import styles from './page.module.css';
import { lookup } from '../../names/lookup.ts';
import { nameIn } from '../named.ts';

// What the journal writes beside the fields: only what a reader can use is shown.
const besides: Readonly<Record<string, string>> = lookup({
  _owner: 'Owner',
  _customers: 'Customers',
  _links: 'Link',
  _unlinks: 'Link withdrawn',
  _item: 'Checklist',
  _evidence: 'Evidence',
  _condition: 'Condition of a decision',
  title: 'Title',
});

/** The separations of duty that a light profile turned into a mark: the same person did both. */
function separationsOf({ edits }: JournalEntry): string[] {
  const marked = edits?.['_selfChecked'];
  return Array.isArray(marked) ? marked.map((each) => plainWords(each, {})) : [];
}

const isCommitment = (value: unknown) => typeof value === 'object' && value !== null && 'commitment' in value;

function plainWords(value: unknown, names: Names): string {
  if (value === null || value === undefined) return 'none';
  if (Array.isArray(value)) return value.map((each) => plainWords(each, names)).join(', ') || 'none';
  if (typeof value === 'string') return names[value] ?? value;
  if (typeof value !== 'object') return JSON.stringify(value);
  if ('item' in value && 'state' in value) return `${String(value.item)} ${inWords(String(value.state)).toLowerCase()}`;
  if ('title' in value && typeof value.title === 'string') return value.title;
  if ('reminded' in value) return 'its owner was reminded';
  if ('state' in value && typeof value.state === 'string') return inWords(value.state).toLowerCase();
  const type = 'type' in value && typeof value.type === 'string' ? inWords(value.type) : '';
  const to = 'to' in value && typeof value.to === 'string' ? (names[value.to] ?? '') : '';
  return `${type} ${to}`.trim() || 'yes';
}

function EditValue({ field, value, names }: { field: Field | undefined; value: unknown; names: Names }) {
  if (isCommitment(value)) return <span className="quiet">not repeated here, because it is personal</span>;
  if (value === null || value === '') return <span className="quiet">nothing</span>;
  return field ? <FieldValue field={field} value={value} names={names} short /> : plainWords(value, names);
}

/** Whether what stood before can be told: it is known, was something, and is not personal. */
const isTold = (before: unknown) => before !== undefined && before !== null && before !== '' && !isCommitment(before);

function Edits({
  definition,
  edits,
  names,
}: {
  definition: RecordDefinition | undefined;
  edits: readonly ShownEdit[];
  names: Names;
}) {
  const shown = edits.flatMap((edit) => {
    const label =
      definition?.fields[edit.name]?.label ??
      (edit.name === 'title' ? definition?.titleLabel : undefined) ??
      besides[edit.name];
    return label ? [{ ...edit, label }] : [];
  });
  if (shown.length === 0) return null;
  return (
    <dl className={styles.edits}>
      {shown.map(({ name, label, value, before }) => (
        <div key={name}>
          <dt>{label}</dt>
          <dd>
            {isTold(before) && (
              <>
                <del>
                  <EditValue field={definition?.fields[name]} value={before} names={names} />
                </del>{' '}
                <span aria-hidden>→ </span>
                <span className="visually-hidden">became </span>
              </>
            )}
            <EditValue field={definition?.fields[name]} value={value} names={names} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The reason of what the system counted anew says the same as its breaches do. */
const isToldBy = (breaches: readonly ShownBreach[], { kind }: JournalEntry) =>
  kind === 'recounted' && breaches.length > 0;

function Entry({
  definition,
  entry,
  older,
  names,
}: {
  definition: RecordDefinition | undefined;
  entry: JournalEntry;
  older: readonly JournalEntry[];
  names: Names;
}) {
  const labelOf = (name: string) => definition?.lifecycle.moves[name]?.label ?? inWords(name);
  const move = entry.move ? movesTold(entry, [entry.move, ...movesAfter(entry)].map(labelOf)) : actOf(entry);
  const selfChecked = separationsOf(entry);
  const breaches = breachesOf(entry);
  const code =
    entry.move && entry.reasonCode && definition?.lifecycle.moves[entry.move]?.reasonCodes?.[entry.reasonCode];
  const actor = actorIn(names, entry);
  return (
    <li className={styles.entry}>
      <div className={styles.entryHead}>
        <span>
          <strong>{actor}</strong>
          {entry.onBehalfOf && ` for ${nameIn(names, entry.onBehalfOf)}`} · {move}
        </span>
        {entry.from && entry.to && entry.from !== entry.to && (
          <StateWord lifecycle={definition?.lifecycle} state={entry.to} />
        )}
        {selfChecked.length > 0 && <ToneWord tone="attention" word={`Self-checked (${selfChecked.join(', ')})`} />}
        <span className={styles.entryAt}>
          <When at={entry.occurredAt} as="instant" />
        </span>
      </div>
      {(code || entry.reason) && !isToldBy(breaches, entry) && (
        <p className={styles.reason}>{[code, entry.reason].filter(Boolean).join(': ')}</p>
      )}
      {breaches.map(({ kind, at }) => (
        <p key={kind} className={styles.reason}>
          The {inWords(kind).toLowerCase()} target passed, <When at={at} as="instant" />.
        </p>
      ))}
      <Edits definition={definition} edits={editsTold(entry, older)} names={names} />
      <p className="quiet small">
        version {entry.version} · {wayOf(entry)} · <code title={entry.hash}>{entry.hash.slice(0, 12)}</code>
      </p>
    </li>
  );
}

/** What happened to the record, newest first, as the journal has it. */
export function HistoryPanel({ definition, id }: { definition: RecordDefinition | undefined; id: string }) {
  const journal = useJournal(id);
  const entries = journal.data?.pages.flatMap((page) => page.items) ?? [];
  const names = Object.assign({}, ...(journal.data?.pages.map((page) => page.names) ?? []));
  return (
    <section className={styles.panel} aria-labelledby="history">
      <h2 id="history" className="visually-hidden">
        History
      </h2>
      {journal.isPending && <Waiting />}
      {journal.isError && <RefusedPlace error={journal.error} again={() => journal.refetch()} />}
      <ol>
        {entries.map((entry, index) => (
          <Entry key={entry.seq} definition={definition} entry={entry} older={entries.slice(index + 1)} names={names} />
        ))}
      </ol>
      {journal.hasNextPage && (
        <Button variant="default" mt="sm" loading={journal.isFetchingNextPage} onClick={() => journal.fetchNextPage()}>
          Show earlier
        </Button>
      )}
    </section>
  );
}

/** Who made an entry; who acts for another organisation is not told to all who share a record. */
function actorIn(names: Names, { actor, actorKind }: JournalEntry): string {
  if (actor && actor !== systemId) return nameIn(names, actor);
  return actorKind === 'person' ? 'Another organisation' : 'The system';
}
