import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { reasonsOf, write } from '../api.ts';
import type { Names, RecordRead, ShareView } from '../contract.ts';
import { Dialog } from '../dialog.tsx';
import { RecordPicker } from '../form/record-picker.tsx';
import { nameIn } from '../named.ts';
import { say } from '../notice.tsx';
import { Reasons } from '../states.tsx';
import { WordsDialog } from '../words-dialog.tsx';
import styles from './page.module.css';
import { lookup } from '../../names/lookup.ts';

interface AskShareProps {
  record: RecordRead['record'];
  names: Names;
  kind: 'join' | 'leave';
  onClose: () => void;
}

/** Asks who shares in a record, and tells before what comes of it. */
export function AskShare({ record, names, kind, onClose }: AskShareProps) {
  const client = useQueryClient();
  const [customer, setCustomer] = useState<string | null>(kind === 'leave' ? (record.customers[0] ?? null) : null);
  const [reason, setReason] = useState('');
  const ask = useMutation({
    mutationFn: () => write('POST', `/records/${record.id}/shares`, { kind, customer, reason }),
    onSuccess: async () => {
      say(kind === 'join' && !record.customers.length ? 'Shared.' : 'Asked.');
      onClose();
      await client.invalidateQueries();
    },
  });
  const handleSubmit = (press: SubmitEvent) => {
    press.preventDefault();
    ask.mutate();
  };
  return (
    <Dialog onClose={onClose} title={kind === 'join' ? `Share ${record.ref}` : `Let a customer go from ${record.ref}`}>
      <form className={styles.stack} onSubmit={handleSubmit} noValidate>
        {kind === 'join' ? (
          <RecordPicker
            label="With this customer"
            types={['customer']}
            value={customer}
            onChange={setCustomer}
            withAsterisk
            data-autofocus
          />
        ) : (
          <NativeSelect
            label="This customer"
            data-autofocus
            data={record.customers.map((id) => ({ value: id, label: nameIn(names, id) }))}
            value={customer ?? ''}
            onChange={(choice) => setCustomer(choice.currentTarget.value)}
          />
        )}
        <p className="quiet small">{comesOf(kind, record.customers.length > 0)}</p>
        <Textarea
          label="Reason"
          withAsterisk
          required
          autosize
          minRows={2}
          value={reason}
          onChange={(typing) => setReason(typing.currentTarget.value)}
        />
        {ask.isError && <Reasons refusals={reasonsOf(ask.error)} title="Not asked" />}
        <div className={styles.editingFoot}>
          <Button type="submit" loading={ask.isPending} disabled={!customer}>
            {kind === 'join' && !record.customers.length ? 'Share' : 'Ask'}
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function comesOf(kind: 'join' | 'leave', isShared: boolean): string {
  if (kind === 'leave')
    return 'It goes with its own consent, and only while it has decided, attested and written nothing here. It sees nothing of this any more then.';
  return isShared
    ? 'Every customer on it is asked first. The new one sees it from the last consent on, and nothing of what was before.'
    : 'No customer shares in it yet: this one sees it from now on, and nothing of what was before.';
}

interface AnswerShareProps {
  share: ShareView;
  how: 'consent' | 'decline' | 'withdraw';
  refOf: string;
  onClose: () => void;
}

const words = lookup({
  consent: { title: 'Consent', label: 'Consent', done: 'You consented.' },
  decline: { title: 'Decline', label: 'Decline', done: 'You declined.' },
  withdraw: { title: 'Take back what was asked', label: 'Take it back', done: 'It is not asked any more.' },
} as const);

/** Answers for one's organisation, or takes back what was asked. */
export function AnswerShare({ share, how, refOf, onClose }: AnswerShareProps) {
  const { title, label, done } = words[how];
  return (
    <WordsDialog
      title={`${title}: ${share.customerName} and ${refOf}`}
      draft={`${how}.${share.id}`}
      asks={{ label: 'Reason', name: 'reason' }}
      path={`/shares/${share.id}/${how === 'withdraw' ? 'withdraw' : 'answer'}`}
      {...(how === 'withdraw' ? {} : { along: { consents: how === 'consent' } })}
      send={{ label }}
      done={done}
      refused="Not done"
      onClose={onClose}
    />
  );
}
