import { SegmentedControl } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import type { Tone } from '../../lifecycle/lifecycle.ts';
import type { RecordDefinition } from '../../record/define/define.ts';
import type { ItemView, Names, RecordRead } from '../contract.ts';
import { StatedFile } from '../files/stated-file.tsx';
import { useSearch } from '../go.tsx';
import { useRoleWords } from '../registry.ts';
import { Waiting } from '../states.tsx';
import { ToneWord } from '../tone.tsx';
import { When } from '../when.tsx';
import { ItemForm } from './item-form.tsx';
import styles from './page.module.css';
import { useChecklist, useChecklistFill } from './use-checklist.ts';
import { lookup } from '../../names/lookup.ts';
import { nameIn } from '../named.ts';

const tones: Readonly<Record<ItemView['state'], Tone>> = lookup({
  missing: 'unknown',
  drafted: 'running',
  accepted: 'good',
  rejected: 'bad',
});
const stateWords: Readonly<Record<ItemView['state'], string>> = lookup({
  missing: 'Missing',
  drafted: 'Drafted',
  accepted: 'Accepted',
  rejected: 'Rejected',
});
const consumers: Readonly<Record<string, string>> = lookup({
  T: 'Transition',
  O: 'Operation',
  I: 'Improvement',
  R: 'Risk',
  B: 'Business',
});

/** An item's title, check and readers stand in the checklist's own data. */
function useItemWords(definition: RecordDefinition, item: string) {
  const words = useChecklist(definition)?.items.find((each) => each.id === item);
  return {
    title: words?.title ?? item,
    check: words?.check,
    readers: (words?.consumers ?? []).map((code) => consumers[code] ?? code),
  };
}

function ItemRow({
  definition,
  read,
  item,
  editable,
  open,
  onToggle,
}: {
  definition: RecordDefinition;
  read: RecordRead;
  item: ItemView;
  editable: boolean;
  open: boolean;
  onToggle: () => void;
}) {
  const names: Names = read.names;
  const words = useItemWords(definition, item.item);
  const roleWords = useRoleWords();
  const by = item.acceptedBy ?? item.draftedBy;
  return (
    <li className={styles.item} data-open={open}>
      <button type="button" className={styles.itemHead} aria-expanded={open} onClick={onToggle}>
        <IconChevronRight size={13} aria-hidden className={styles.turn} />
        <span className={styles.itemRef}>{item.item}</span>
        <span className={styles.itemTitle}>
          {words.title}
          {!item.mandatory && <span className="quiet small"> optional</span>}
        </span>
        {words.readers.map((reader) => (
          <span key={reader} className={styles.consumer} title={`Accepted by ${reader}`}>
            {reader}
          </span>
        ))}
        {item.applicable ? (
          <ToneWord tone={tones[item.state]} word={stateWords[item.state]} />
        ) : (
          <ToneWord tone="unknown" word="Does not apply" />
        )}
      </button>
      {open && (
        <div className={styles.itemBody}>
          {item.statement && (
            <p className={styles.statement} data-kind={item.draftedBy === null ? 'missing' : 'attested'}>
              {item.statement}
            </p>
          )}
          {item.fileHash && (
            <p className={styles.statement} data-kind={item.draftedBy === null ? 'missing' : 'attested'}>
              <StatedFile record={read.record} hash={item.fileHash} />
            </p>
          )}
          {item.finding && (
            <p className={styles.statement} data-kind="missing">
              Returned: {item.finding}
            </p>
          )}
          {item.notApplicableReason && <p className={styles.statement}>Does not apply: {item.notApplicableReason}</p>}
          <p className="quiet small">
            {item.draftedBy === null ? 'No evidence yet' : 'Attested'}
            {by && ` by ${nameIn(names, by)}`}
            {item.acceptedRole && `, ${roleWords(item.acceptedRole)}`}
            {item.updatedAt && (
              <>
                , <When at={item.updatedAt} />
              </>
            )}
            {item.selfChecked && '. Self-checked'}
            {words.check && <>. Check: {words.check}</>}
          </p>
          {editable && <ItemForm definition={definition} read={read} item={item} />}
        </div>
      )}
    </li>
  );
}

/** The items of a checklist with who they are for, what is stated and who accepted it. */
export function ChecklistPanel({
  definition,
  read,
  editable,
}: {
  definition: RecordDefinition;
  read: RecordRead;
  editable: boolean;
}) {
  const [search, edit] = useSearch();
  const view = search.get('items') === 'open' ? 'open' : 'all';
  const open = search.get('item');
  const { filled, wanted, word, isOpen, isKnown } = useChecklistFill(definition, read.checklist);
  const items = view === 'open' ? read.checklist.filter(isOpen) : read.checklist;
  if (!isKnown) return <Waiting what="Loading the checklist" lines={4} />;
  return (
    <section className={styles.panel} aria-labelledby="checklist">
      <div className={styles.panelHead}>
        <h2 id="checklist">Checklist</h2>
        <span className="quiet small">
          {filled} of {wanted} mandatory items {word}
        </span>
        <meter
          className={styles.meter}
          min={0}
          max={Math.max(1, wanted)}
          value={filled}
          aria-label={`Mandatory items ${word}`}
        />
        <SegmentedControl
          size="xs"
          aria-label="Items shown"
          value={view}
          onChange={(next) => edit({ items: next === 'open' ? 'open' : null })}
          data={[
            { value: 'all', label: 'All' },
            { value: 'open', label: 'Still open' },
          ]}
        />
      </div>
      <ul>
        {items.map((item) => (
          <ItemRow
            key={item.item}
            definition={definition}
            read={read}
            item={item}
            editable={editable}
            open={open === item.item}
            onToggle={() => edit({ item: open === item.item ? null : item.item })}
          />
        ))}
      </ul>
      {items.length === 0 && <p className="quiet">Nothing is open: every item that applies is {word}.</p>}
    </section>
  );
}
