// A new record of any type: the form its fields describe. What is typed survives going away and a refusal.
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useId, useRef, useState } from 'react';
import { givenFields, type RecordDefinition } from '../../record/define/define.ts';
import { actOf } from '../../record/define/act-of.ts';
import { newFields } from '../../record/define/new-fields.ts';
import { newKey, reasonsOf, write } from '../api.ts';
import type { RecordRead } from '../contract.ts';
import { DraftNote } from '../draft-note.tsx';
import { useGo } from '../go.tsx';
import { say } from '../notice.tsx';
import { usePageTitle } from '../page-title.ts';
import { inOneLine } from '../refusal-words.ts';
import { Reasons } from '../states.tsx';
import { StageMark } from '../stage.tsx';
import { useDraft } from '../use-draft.ts';
import { useKeepFocus } from '../use-keep-focus.ts';
import { CustomersInput } from './customers-input.tsx';
import { FieldInput } from './field-input.tsx';
import styles from './form.module.css';
import { RecordPicker } from './record-picker.tsx';
import { stopsAtUnreadable, useFirstWrong } from './focus.ts';
import { useSaysNow } from './restated.tsx';
import { type FormValues, givenValues, isEmpty, lacks, missingLabels, textOf } from './values.ts';

export function RecordForm({ definition, prefilled = {} }: { definition: RecordDefinition; prefilled?: FormValues }) {
  const go = useGo();
  const client = useQueryClient();
  const [values, setValues, { clear, restored }] = useDraft<FormValues>(`new.${definition.type}`, prefilled);
  const [key, setKey] = useState(newKey);
  const formId = useId();
  const titleLabel = definition.titleLabel ?? 'Title';
  const noun = definition.label.toLowerCase();
  usePageTitle(actOf(definition));
  const create = useMutation({
    mutationFn: () => write<RecordRead>('POST', `/${definition.path}`, givenValues(values), key),
    onSuccess: async ({ record }) => {
      clear();
      await client.invalidateQueries({ queryKey: ['list', definition.type] });
      say(`${record.ref} created.`);
      go(`/${definition.path}/${record.ref}`, { replace: true });
    },
    // The next try says something else, so it must not be answered with this one's answer.
    onError: () => setKey(newKey()),
  });
  const set = (name: string, value: unknown) => setValues((before) => ({ ...before, [name]: value }));
  const refusals = create.isError ? reasonsOf(create.error) : [];
  const [missing, setMissing] = useState<readonly { name: string; label: string }[]>([]);
  const place = useRef<HTMLFormElement>(null);
  useKeepFocus(place);
  useFirstWrong(formId, missing, create.error);
  const said = (name: string) => {
    const refused = refusals.find((each) => each.field === name);
    return lacks(missing, values, name) ?? (refused && inOneLine(refused));
  };
  const saysNow = useSaysNow(definition, values);
  const asked = new Set(newFields(definition).map(([name]) => name));
  // What was typed or comes with the address is not hidden, whenever it is asked for.
  const shown = givenFields(definition).filter(([name]) => asked.has(name) || !isEmpty(values[name]));
  const general = refusals.filter(
    ({ field }) => !field || !(field === 'title' || shown.some(([name]) => name === field)),
  );
  const handleSubmit = (press: SubmitEvent) => {
    press.preventDefault();
    if (stopsAtUnreadable(document.getElementById(formId))) return;
    const lacking = [
      ...(textOf(values.title).trim() ? [] : [{ name: 'title', label: titleLabel }]),
      ...missingLabels(definition.fields, values, (_, field) => field.required === true && !field.derived),
    ];
    setMissing(lacking);
    if (lacking.length === 0) create.mutate();
  };
  return (
    <>
      <h1>{actOf(definition)}</h1>
      <p className={styles.purpose}>
        <StageMark stage={definition.stage} silent /> {definition.byHand?.purpose ?? definition.purpose}
      </p>
      <form id={formId} ref={place} className={styles.form} onSubmit={handleSubmit} noValidate>
        <DraftNote shown={restored} onDiscard={clear} />
        <TextInput
          label={titleLabel}
          name="title"
          required
          withAsterisk
          autoFocus
          maxLength={200}
          value={textOf(values.title)}
          error={said('title')}
          onChange={(typing) => set('title', typing.currentTarget.value)}
        />
        {shown.map(([name, field]) => (
          <FieldInput
            key={name}
            name={name}
            field={field}
            value={values[name]}
            required={field.required ?? false}
            error={said(name)}
            beside={saysNow(name)}
            onChange={(next) => set(name, next)}
          />
        ))}
        {!definition.common && !definition.rights && !definition.inherits && (
          <CustomersInput value={values.customers} onChange={(next) => set('customers', next)} />
        )}
        <RecordPicker
          label="Owner"
          types={['person']}
          value={textOf(values.owner) || null}
          onChange={(next) => set('owner', next)}
        />
        {general.length > 0 && <Reasons refusals={general} title="Not created yet" />}
        <div className={styles.foot}>
          <Button type="submit" loading={create.isPending}>
            {definition.byHand?.act ?? `Create ${noun}`}
          </Button>
          <Button variant="default" onClick={() => go(`/${definition.path}`)}>
            Back to the list
          </Button>
        </div>
      </form>
    </>
  );
}
