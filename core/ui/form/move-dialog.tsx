// A move's dialog is the form of what the move asks for, and its reason where it needs one.
import { Button, NativeSelect, Textarea } from '@mantine/core';
import { type SubmitEvent, useId, useState } from 'react';
import type { RecordDefinition } from '../../record/define/define.ts';
import type { Altered } from '../../refusal/refusal.ts';
import type { MoveView, RecordRead } from '../contract.ts';
import { Dialog } from '../dialog.tsx';
import { DraftNote } from '../draft-note.tsx';
import { present } from '../format.ts';
import { useMe } from '../queries.ts';
import { useRegistry } from '../registry.ts';
import { Reasons } from '../states.tsx';
import { When } from '../when.tsx';
import { givesUp } from '../page/leading.ts';
import { FieldInput } from './field-input.tsx';
import { FieldValue } from './field-value.tsx';
import { stopsAtUnreadable } from './focus.ts';
import styles from './form.module.css';
import { SayWithMove } from './say-with-move.tsx';
import { useMoveDraft } from './use-move-draft.ts';
import { useMoveFaults } from './use-move-faults.ts';
import { type FormValues, isEmpty } from './values.ts';

interface MoveDialogProps {
  definition: RecordDefinition;
  read: RecordRead;
  move: MoveView;
  onClose: () => void;
}

export function MoveDialog({ definition, read, move, onClose }: MoveDialogProps) {
  const form = useMoveDraft({ definition, read, move, prefilled: useSuggested(definition, read, move), onClose });
  const { values, reason, reasonCode, make, asked } = form;
  const codes = Object.entries(move.reasonCodes);
  const words = useRegistry().moveWords[definition.type];
  const formId = useId();
  const { said, general, isComplete } = useMoveFaults(formId, { definition, move, form });
  const handleSubmit = (press: SubmitEvent) => {
    press.preventDefault();
    if (!stopsAtUnreadable(document.getElementById(formId)) && isComplete()) form.send();
  };
  return (
    <Dialog onClose={onClose} title={`${move.label} ${read.record.ref}`} size="lg">
      <form id={formId} className={styles.form} onSubmit={handleSubmit} noValidate>
        <DraftNote shown={form.restored} onDiscard={form.clear} />
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
                onChange={(next) => form.set(name, next)}
              />
            )
          );
        })}
        {codes.length > 0 && (
          <NativeSelect
            label="Kind of reason"
            name="reasonCode"
            required
            withAsterisk
            data={[{ value: '', label: 'Choose …' }, ...codes.map(([value, label]) => ({ value, label }))]}
            value={reasonCode}
            error={said('reasonCode')}
            onChange={(choice) => form.setReasonCode(choice.currentTarget.value)}
          />
        )}
        <Textarea
          label="Reason"
          name="reason"
          autosize
          minRows={2}
          required={move.needsReason}
          data-autofocus={move.asks.length === 0 && codes.length === 0 ? true : undefined}
          withAsterisk={move.needsReason}
          value={reason}
          error={said('reason')}
          onChange={(typing) => form.setReason(typing.currentTarget.value)}
        />
        {words && <SayWithMove words={words} read={read} said={form.said} error={said('said')} onSay={form.say} />}
        {asked.map((each) => (
          <Meanwhile key={each.part} altered={each} definition={definition} read={read} onTake={form.takeTheirs} />
        ))}
        {general.length > 0 && <Reasons refusals={general} title="Not done" />}
        <div className={styles.foot}>
          <Button
            type="submit"
            variant={givesUp(definition.lifecycle, move) ? 'default' : 'filled'}
            loading={make.isPending}
          >
            {move.label}
          </Button>
          <Button variant="default" onClick={form.discard}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** What fields suggest that hold nothing yet. An example's clock stands still: there it is as late as its clock says. */
function useSuggested(definition: RecordDefinition, { record }: RecordRead, move: MoveView): FormValues {
  const provider = useMe().data?.provider;
  const [opened] = useState(present);
  const now = provider?.example ? provider.now : opened;
  const asked = move.asks.flatMap(({ field: name }) => {
    const field = definition.fields[name];
    return field?.kind === 'instant' && field.suggests === 'now' && isEmpty(record.fields[name]) ? [[name, now]] : [];
  });
  return Object.fromEntries(asked);
}

interface MeanwhileProps {
  altered: Altered;
  definition: RecordDefinition;
  read: RecordRead;
  onTake: (altered: Altered) => void;
}

/** Somebody wrote into what this dialog asks, or moved the record, while it was open. */
function Meanwhile({ altered, definition, read, onTake }: MeanwhileProps) {
  const field = definition.fields[altered.part];
  const what = field ? `altered "${field.label}"` : altered.part === 'decision' ? 'decided on it' : 'moved it';
  return (
    <div className={styles.asked} role="alert">
      <p>
        <strong>
          {altered.byName ?? 'Somebody'} {what} while you were here, <When at={altered.at} />. Nothing is done yet.
        </strong>
      </p>
      {field && (
        <p>
          Theirs: <FieldValue field={field} value={altered.value} names={read.names} />
        </p>
      )}
      <p className="quiet small">Press the button again to go on with yours.</p>
      {field && (
        <Button variant="default" size="compact-sm" onClick={() => onTake(altered)}>
          Take theirs
        </Button>
      )}
    </div>
  );
}
