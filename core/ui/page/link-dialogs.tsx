import { Button, NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { reasonsOf, write } from '../api.ts';
import type { LinkView, RecordRead } from '../contract.ts';
import { RecordPicker } from '../form/record-picker.tsx';
import { Dialog } from '../dialog.tsx';
import { say } from '../notice.tsx';
import { useRegistry } from '../registry.ts';
import { Reasons } from '../states.tsx';
import { WordsDialog } from '../words-dialog.tsx';
import styles from './page.module.css';

/** Relates the record to another by one of the links its type may have. */
export function AddLink({ read, onClose }: { read: RecordRead; onClose: () => void }) {
  const client = useQueryClient();
  const { links } = useRegistry();
  const possible = links.filter(({ from, kept }) => !kept && (from.includes('*') || from.includes(read.record.type)));
  const [type, setType] = useState(possible.at(-1)?.type ?? '');
  const { to: ends = [], toWhileIn } = possible.find((each) => each.type === type) ?? {};
  const [to, setTo] = useState<string | null>(null);
  const add = useMutation({
    mutationFn: () => write('POST', '/links', { from: read.record.id, to, type }),
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
          data={possible.map((each) => ({ value: each.type, label: each.label }))}
          value={type}
          onChange={(choice) => setType(choice.currentTarget.value)}
        />
        <RecordPicker
          label="… this record"
          types={ends.includes('*') ? [] : ends}
          whileIn={toWhileIn}
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
