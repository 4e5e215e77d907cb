// Of a case that was logged for the wrong customer: it is cancelled and logged again, in words given anew.
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { reasonsOf, write } from '../../../core/ui/api.ts';
import type { Header } from '../../../core/ui/contract.ts';
import { Dialog } from '../../../core/ui/dialog.tsx';
import { FieldInput } from '../../../core/ui/form/field-input.tsx';
import { RecordPicker } from '../../../core/ui/form/record-picker.tsx';
import { useGo } from '../../../core/ui/go.tsx';
import { say } from '../../../core/ui/notice.tsx';
import styles from '../../../core/ui/page/page.module.css';
import type { PanelProps } from '../../../core/ui/registry.ts';
import { Reasons } from '../../../core/ui/states.tsx';
import { text } from '../../../core/record/define/fields.ts';
import { incidentRecord } from '../record.ts';

const { service, impact, urgency, description } = incidentRecord.fields;
const asked = { service, impact, urgency, description };
const title = text({ label: 'Title', required: true });

export function Panel({ read }: PanelProps) {
  const [isOpen, setIsOpen] = useState(false);
  const mayCancel = read.moves.some(({ name, allowed }) => name === 'cancel' && allowed);
  if (!mayCancel || !read.record.customers.length) return null;
  return (
    <>
      <Button size="compact-xs" variant="subtle" onClick={() => setIsOpen(true)}>
        Wrong customer…
      </Button>
      {isOpen && <LogAgain read={read} onClose={() => setIsOpen(false)} />}
    </>
  );
}

function LogAgain({ read: { record }, onClose }: Pick<PanelProps, 'read'> & { onClose: () => void }) {
  const client = useQueryClient();
  const go = useGo();
  const [customer, setCustomer] = useState<string | null>(null);
  const [values, setValues] = useState<Record<string, unknown>>({});
  const set = (name: string, value: unknown) => setValues((all) => ({ ...all, [name]: value }));
  const log = useMutation({
    mutationFn: () =>
      write<Header>('POST', `/incidents/${record.id}/log-again`, {
        ...values,
        expectedVersion: record.version,
        customer,
      }),
    onSuccess: async ({ ref }) => {
      say(`${record.ref} is cancelled; it is logged as ${ref}.`);
      onClose();
      await client.invalidateQueries();
      go(`/incidents/${ref}`);
    },
  });
  const handleSubmit = (press: SubmitEvent) => {
    press.preventDefault();
    log.mutate();
  };
  return (
    <Dialog onClose={onClose} title={`Log ${record.ref} again for another customer`}>
      <form className={styles.stack} onSubmit={handleSubmit} noValidate>
        <p className="quiet small">
          {record.ref} is cancelled, and a new incident is logged. Nothing is copied: say what happened in words that
          the right customer may read.
        </p>
        <RecordPicker
          label="Whose case it is"
          types={['customer']}
          value={customer}
          onChange={setCustomer}
          withAsterisk
          data-autofocus
        />
        <FieldInput
          name="title"
          field={title}
          value={values['title']}
          required
          error={undefined}
          onChange={(next) => set('title', next)}
        />
        {Object.entries(asked).map(([name, field]) => (
          <FieldInput
            key={name}
            name={name}
            field={field}
            value={values[name]}
            required={name === 'service'}
            error={undefined}
            onChange={(next) => set(name, next)}
          />
        ))}
        {log.isError && <Reasons refusals={reasonsOf(log.error)} title="Not logged again" />}
        <div className={styles.editingFoot}>
          <Button type="submit" loading={log.isPending} disabled={!customer}>
            Cancel and log again
          </Button>
          <Button variant="default" onClick={onClose}>
            Leave it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
