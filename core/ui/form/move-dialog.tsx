// A move's dialog is the form of what the move asks for, and its reason where it needs one.
import { Button, Modal, Textarea } from '@mantine/core';
import { type SubmitEvent, useId, useState } from 'react';
import type { RecordDefinition } from '../../record/define.ts';
import { reasonsOf } from '../api.ts';
import type { MoveView, RecordRead } from '../contract.ts';
import { Reasons } from '../states.tsx';
import { FieldInput } from './field-input.tsx';
import { useMove } from './use-move.ts';
import { focusFirstWrong } from './focus.ts';
import styles from './form.module.css';
import { type FormValues, givenValues, lacks, missingLabels } from './values.ts';

interface MoveDialogProps {
  definition: RecordDefinition;
  read: RecordRead;
  move: MoveView;
  onClose: () => void;
}

export function MoveDialog({ definition, read, move, onClose }: MoveDialogProps) {
  const [values, setValues] = useState<FormValues>(() =>
    Object.fromEntries(move.asks.map(({ field }) => [field, read.record.fields[field] ?? null])),
  );
  const [reason, setReason] = useState('');
  const make = useMove(definition, read, onClose);
  const refusals = make.isError ? reasonsOf(make.error) : [];
  const [missing, setMissing] = useState<readonly { name: string; label: string }[]>([]);
  const formId = useId();
  const said = (name: string) =>
    lacks(missing, { ...values, reason }, name) ?? refusals.find((each) => each.field === name)?.sentence;
  const isRequired = (name: string) => move.asks.some((each) => each.field === name && each.required);
  const general = refusals.filter((each) => !each.field || !move.asks.some(({ field }) => field === each.field));
  const handleSubmit = (press: SubmitEvent) => {
    press.preventDefault();
    const lacking = [
      ...missingLabels(definition.fields, values, isRequired),
      ...(move.needsReason && reason.trim() === '' ? [{ name: 'reason', label: 'A reason' }] : []),
    ];
    setMissing(lacking);
    if (lacking.length === 0) make.mutate({ move, given: { ...givenValues(values), ...(reason ? { reason } : {}) } });
    else focusFirstWrong(formId);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={
        <strong>
          {move.label} {read.record.ref}
        </strong>
      }
      size="lg"
    >
      <form id={formId} className={styles.form} onSubmit={handleSubmit} noValidate>
        {move.asks.map(({ field: name, required }, index) => {
          const field = definition.fields[name];
          return (
            field && (
              <FieldInput
                key={name}
                name={name}
                field={field}
                value={values[name]}
                required={required}
                autoFocus={index === 0}
                error={said(name)}
                onChange={(next) => setValues((before) => ({ ...before, [name]: next }))}
              />
            )
          );
        })}
        <Textarea
          label="Reason"
          name="reason"
          autosize
          minRows={2}
          required={move.needsReason}
          withAsterisk={move.needsReason}
          value={reason}
          error={said('reason')}
          onChange={(typing) => setReason(typing.currentTarget.value)}
        />
        {general.length > 0 && <Reasons refusals={general} title="Not done" />}
        <div className={styles.foot}>
          <Button type="submit" loading={make.isPending}>
            {move.label}
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Modal>
  );
}
