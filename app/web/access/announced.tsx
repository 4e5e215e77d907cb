// What is under way about who administers my organisation: shown before anything else, for whoever is left may stop it.
import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { customerRecord } from '../../../core/party/party.ts';
import type { MoveView, RecordRead } from '../../../core/ui/contract.ts';
import { Go } from '../../../core/ui/go.tsx';
import { useMe, useRecord } from '../../../core/ui/queries.ts';
import { When } from '../../../core/ui/when.tsx';
import styles from './announced.module.css';

const MoveDialog = lazy(() =>
  import('../../../core/ui/form/move-dialog.tsx').then((module) => ({ default: module.MoveDialog })),
);

/** Of every organisation that I hold a right of. */
export function Announced() {
  const me = useMe();
  const mine = [...new Set((me.data?.grants ?? []).flatMap(({ customer }) => customer ?? []))];
  return mine.map((customer) => <OfOrganisation key={customer} customer={customer} />);
}

function OfOrganisation({ customer }: { customer: string }) {
  const { data: read } = useRecord(customerRecord.path, customer);
  const [open, setOpen] = useState<MoveView | null>(null);
  if (!read || read.record.state !== 'active') return null;
  const told = wordsOf(read) ?? claimOf(read);
  if (!told) return null;
  const move = read.moves.find(({ name, allowed }) => name === told.move && allowed);
  return (
    <section className={styles.notice} aria-label={`Who administers ${read.record.title}`}>
      <p>{told.words}</p>
      <div className={styles.foot}>
        {move && <Button onClick={() => setOpen(move)}>{told.button}</Button>}
        <Go to={`/${customerRecord.path}/${read.record.ref}`}>Read its history</Go>
      </div>
      <Suspense>
        {open && <MoveDialog definition={customerRecord} read={read} move={open} onClose={() => setOpen(null)} />}
      </Suspense>
    </section>
  );
}

interface Told {
  words: React.ReactNode;
  move: string;
  button: string;
}

/** Whether somebody keeps it: it stands in why nobody new may be named. */
export function isKept({ moves }: RecordRead): boolean {
  const naming = moves.find(({ name }) => name === 'propose-administrator');
  return !naming || naming.refusals.some(({ code }) => code === 'customer.administered');
}

/** A claim that the reader may confirm: until then nothing is decided for their organisation but in the light profile. */
function claimOf(read: RecordRead): Told | null {
  const { title } = read.record;
  if (!isKept(read) || !read.moves.some(({ name, allowed }) => name === 'confirm' && allowed)) return null;
  return {
    words: `One person claimed ${title} by a link that the provider handed over. Until a second of its people confirms it, it decides in the light profile alone.`,
    move: 'confirm',
    button: 'Confirm the claim',
  };
}

/** What stands of it, in a sentence, and what the reader may do about it. */
export function wordsOf({ record, names }: RecordRead): Told | null {
  const { title, fields } = record;
  const until = fields['announcedUntil'];
  const name = (field: string) => <strong>{names[String(fields[field])] ?? 'somebody'}</strong>;
  if (fields['announced'])
    return {
      words: (
        <>
          {name('announcedBy')}
          {fields['announcedWith'] ? <> and {name('announcedWith')}</> : null} of the provider announced{' '}
          {name('announced')} as administrator of {title}.{' '}
          {typeof until === 'string' ? (
            <>
              If nobody stops it they may come from <When at={until} as="date" /> on, and give rights in its name.
            </>
          ) : (
            'A second administrator of the provider has to join; fourteen days pass from then on.'
          )}{' '}
          Any of its people stops it at once.
        </>
      ),
      move: 'stop-announcement',
      button: 'Stop it',
    };
  if (fields['successor'] && !fields['successorAgreedBy'])
    return {
      words: (
        <>
          {name('successorBy')} proposed {name('successor')} as administrator of {title}, which has none who can sign
          in. A second of its people confirms it.
        </>
      ),
      move: 'confirm-administrator',
      button: 'Confirm it',
    };
  return null;
}
