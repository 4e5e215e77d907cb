import { Button, NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { reasonsOf, write } from '../api.ts';
import type { LinkType } from '../../record/define/link.ts';
import type { LinkView, RecordRead } from '../contract.ts';
import { RecordPicker } from '../form/record-picker.tsx';
import { Dialog } from '../dialog.tsx';
import { say } from '../notice.tsx';
import { useRegistry } from '../registry.ts';
import { Reasons } from '../states.tsx';
import { WordsDialog } from '../words-dialog.tsx';
import styles from './page.module.css';

/** How a record of a type may be linked: out of it, and into it where who holds that end makes the link. */
function waysOf(links: readonly LinkType[], type: string) {
  const free = links.filter(({ kept }) => !kept);
  return [
    ...free
      .filter(({ to, heldBy }) => to.includes(type) && heldBy?.includes('to'))
      .map((each) => ({
        way: `${each.type} in`,
        type: each.type,
        isIn: true,
        label: each.inverse,
        ends: each.from,
        whileIn: undefined,
      })),
    ...free
      .filter(({ from }) => from.includes('*') || from.includes(type))
      .map((each) => ({
        way: each.type,
        type: each.type,
        isIn: false,
        label: each.label,
        ends: each.to,
        whileIn: each.toWhileIn,
      })),
  ];
}

/** Relates the record to another by one of the links its type may have. */
export function AddLink({ read, onClose }: { read: RecordRead; onClose: () => void }) {
  const client = useQueryClient();
  const { links } = useRegistry();
  const possible = waysOf(links, read.record.type);
  const [way, setWay] = useState(possible.findLast(({ isIn }) => !isIn)?.way ?? possible.at(-1)?.way ?? '');
  const { type, isIn = false, ends = [], whileIn } = possible.find((each) => each.way === way) ?? {};
  const [to, setTo] = useState<string | null>(null);
  const add = useMutation({
    mutationFn: () =>
      write('POST', '/links', { ...(isIn ? { from: to, to: read.record.id } : { from: read.record.id, to }), type }),
    onSuccess: async () => {
      say('Linked.');
      onClose();
      await client.invalidateQueries();
    },
  });
  const handleSubmit = (press: SubmitEvent) => {
    press.preventDefault();
    add.mutate();
  };
  return (
    <Dialog onClose={onClose} title={`Link ${read.record.ref}`}>
      <form className={styles.stack} onSubmit={handleSubmit} noValidate>
        <NativeSelect
          label={`${read.record.ref} …`}
          data-autofocus
          data={possible.map(({ way: value, label }) => ({ value, label }))}
          value={way}
          onChange={(choice) => {
            setWay(choice.currentTarget.value);
            setTo(null);
          }}
        />
        <RecordPicker
          label="… this record"
          types={ends.includes('*') ? [] : ends}
          whileIn={whileIn}
          value={to}
          onChange={setTo}
          withAsterisk
        />
        {add.isError && <Reasons refusals={reasonsOf(add.error)} title="Not linked" />}
        <div className={styles.editingFoot}>
          <Button type="submit" loading={add.isPending} disabled={!to}>
            Link
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Ends a link; it stays readable in the past. */
export function WithdrawLink({ link, onClose }: { link: LinkView; onClose: () => void }) {
  return (
    <WordsDialog
      title={`Withdraw the link to ${link.other.ref}`}
      draft={`withdraw.${link.id}`}
      asks={{ label: 'Reason', name: 'reason' }}
      path={`/links/${link.id}/withdraw`}
      send={{ label: 'Withdraw' }}
      refused="Not withdrawn"
      onClose={onClose}
    />
  );
}
