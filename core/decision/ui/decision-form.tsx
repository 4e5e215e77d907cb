import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { choice, instant, longText, person, text } from '../../record/define/fields.ts';
import { newKey, reasonsOf, write } from '../../ui/api.ts';
import type { DecisionView, GateView } from '../../ui/contract.ts';
import { FieldInput } from '../../ui/form/field-input.tsx';
import { DraftNote } from '../../ui/draft-note.tsx';
import { ListInput } from '../../ui/form/list-input.tsx';
import { type FormValues, rowsOf } from '../../ui/form/values.ts';
import { say } from '../../ui/notice.tsx';
import { useMe } from '../../ui/queries.ts';
import { useRegistry } from '../../ui/registry.ts';
import { Reasons } from '../../ui/states.tsx';
import { useDraft } from '../../ui/use-draft.ts';
import styles from './gate.module.css';

interface Draft {
  reason: string;
  findings: readonly FormValues[];
  conditions: readonly FormValues[];
  /** The hashes of what was shown when writing began: a decision rests on what its maker has read. */
  seen?: string;
}
type Chosen = GateView['outcomes'][number];

const nothing: Draft = { reason: '', findings: [], conditions: [] };
const findingsField = {
  kind: 'list',
  label: 'Findings',
  most: 50,
  items: {
    text: longText({ label: 'Finding', required: true }),
    severity: choice({
      label: 'Weight',
      options: { must: 'Must be mended', should: 'Should be mended' },
      required: true,
    }),
    itemRef: text({ label: 'About item' }),
  },
} as const;
/** The gates that a condition may close, as they are called. */
const conditionsField = (gates: Readonly<Record<string, string>>) =>
  ({
    kind: 'list',
    label: 'Conditions',
    most: 50,
    items: {
      text: longText({ label: 'Condition', required: true }),
      owner: person({ label: 'Who sees to it', required: true }),
      dueAt: instant({ label: 'Due', required: true, help: 'After that it lapses, and comes back to who decided.' }),
      blocks: choice({ label: 'Blocks gate', options: gates }),
    },
  }) as const;

const isSame = (one: Chosen, other: Chosen) => one.outcome === other.outcome && one.variant === other.variant;
const approves = ({ outcome }: Chosen) => outcome === 'approve' || outcome === 'approve_with_conditions';
const looks = (outcome: Chosen, index: number) => (index === 0 && outcome.outcome === 'approve' ? 'filled' : 'default');

const isOverdue = ({ seen }: Draft, shown: string) => seen !== undefined && seen !== shown;
const isBlank = ({ reason, findings, conditions }: Draft) => reason === '' && !findings.length && !conditions.length;

/** What still lacks before this outcome can be sent; the server checks the same and more. */
function lacking(outcome: Chosen, draft: Draft, shown: string): string | null {
  if (isOverdue(draft, shown)) return 'Read first what was altered meanwhile.';
  if (draft.reason.trim() === '') return 'Write the reason first: whoever reads this later has only that.';
  if (outcome.needsFindings && draft.findings.length === 0) return `"${outcome.label}" needs at least one finding.`;
  if (outcome.outcome === 'approve_with_conditions' && draft.conditions.length === 0)
    return `"${outcome.label}" needs at least one condition.`;
  return null;
}

/** The customers I could decide for here; with more than one, each decides by itself. */
function useMyCustomers(gate: GateView): string[] {
  const me = useMe();
  const mine = (me.data?.grants ?? []).filter(
    (grant) => grant.side === 'B' && gate.side === 'B' && gate.roles.includes(grant.role),
  );
  return [
    ...new Set(
      mine.flatMap(({ customer }) => (customer && gate.subject.customers.includes(customer) ? [customer] : [])),
    ),
  ];
}

/** Sends a decision. Each press is one of its own; its key makes a repeated one the same. */
function useDecide(gate: GateView, draft: Draft, { customer, clear }: { customer: string | null; clear: () => void }) {
  const client = useQueryClient();
  const [key, setKey] = useState(newKey);
  return useMutation({
    mutationFn: ({ outcome, variant }: Chosen) =>
      write<DecisionView>(
        'POST',
        `/gates/${gate.gate}/${gate.subject.id}/decisions`,
        {
          outcome,
          ...(variant ? { variant } : {}),
          reason: draft.reason,
          expectedVersion: gate.subject.version,
          evidenceHash: gate.evidenceHash,
          ...(customer ? { customer } : {}),
          ...(draft.findings.length > 0 ? { findings: draft.findings.map((each) => ({ itemRef: '', ...each })) } : {}),
          ...(draft.conditions.length > 0 ? { conditions: draft.conditions } : {}),
        },
        key,
      ),
    onSuccess: async (_, outcome) => {
      clear();
      say(`Recorded: ${outcome.label}, ${gate.gate} on ${gate.subject.ref}.`);
      await client.invalidateQueries();
    },
    onSettled: () => setKey(newKey()),
    onError: () => client.invalidateQueries({ queryKey: ['gate', gate.gate] }),
  });
}

/** Decides. Nothing shows as decided before the server has said so. */
export function DecisionForm({ gate }: { gate: GateView }) {
  const whyId = useId();
  const [draft, setDraft, { clear, restored }] = useDraft<Draft>(`gate.${gate.gate}.${gate.subject.id}`, nothing);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const customers = useMyCustomers(gate);
  const [picked, setPicked] = useState<string | null>(null);
  const customer = customers.length > 1 ? (picked ?? customers[0] ?? null) : null;
  const forget = () => {
    clear();
    setChosen(null);
  };
  const decide = useDecide(gate, draft, { customer, clear: forget });
  const blocked = !gate.asked || !gate.mayDecide.allowed;
  // What is not fit to be approved can still be sent back, refused or put off.
  const isBarred = (outcome: Chosen) => blocked || (!gate.open && approves(outcome));
  const shown = `${gate.subjectHash} ${gate.evidenceHash}`;
  const lack = chosen && lacking(chosen, draft, shown);
  const type = (patch: Partial<Draft>) =>
    setDraft((before) => {
      const next = { seen: shown, ...before, ...patch };
      return isBlank(next) ? nothing : next;
    });
  const handleOutcome = (outcome: Chosen) => {
    setChosen(outcome);
    if (!isBarred(outcome) && lacking(outcome, draft, shown) === null) decide.mutate(outcome);
  };
  return (
    <section className={styles.decide} aria-labelledby="decide">
      <h2 id="decide">{blocked ? 'The decision' : 'Your decision'}</h2>
      {(blocked || !gate.open) && <WhyNot id={whyId} gate={gate} blocked={blocked} />}
      {!blocked && (
        <>
          {customer && (
            <NativeSelect
              label="For the customer"
              data={customers.map((id) => ({ value: id, label: gate.names[id] ?? id }))}
              value={customer}
              onChange={(chosenOne) => setPicked(chosenOne.currentTarget.value)}
            />
          )}
          <DraftNote shown={restored} onDiscard={clear} />
          <Writing gate={gate} draft={draft} onType={type} />
        </>
      )}
      {!blocked && isOverdue(draft, shown) && <Overdue onRead={() => type({ seen: shown })} />}
      <Outcomes gate={gate} isBarred={isBarred} waits={decide.isPending} whyId={whyId} onChoose={handleOutcome} />
      <p role="status" className="small">
        {decide.isPending && <Sending chosen={chosen} />}
        {!decide.isPending && lack && chosen && gate.outcomes.some((each) => isSame(each, chosen)) && lack}
      </p>
      {decide.isError && <Reasons refusals={reasonsOf(decide.error)} title="Not decided" />}
    </section>
  );
}

const closed = {
  code: 'gate.closed',
  sentence: 'This gate is not open.',
  hint: 'It opens when its preconditions hold.',
};

function WhyNot({ id, gate, blocked }: { id: string; gate: GateView; blocked: boolean }) {
  const whyNot = [...gate.mayDecide.refusals, ...(gate.open ? [] : gate.closedBecause)];
  return (
    <div id={id}>
      <Reasons
        title={blocked ? 'You cannot decide here now' : 'It cannot be approved now'}
        refusals={whyNot.length > 0 ? whyNot : [closed]}
      />
    </div>
  );
}

interface WritingProps {
  gate: GateView;
  draft: Draft;
  onType: (patch: Partial<Draft>) => void;
}

/** The reason, what was found, and on which conditions. */
function Writing({ gate, draft, onType }: WritingProps) {
  const { gates } = useRegistry();
  const blockable = Object.fromEntries(
    Object.entries(gates).flatMap(([code, label]) => (code === gate.gate ? [] : [[code, `${code} ${label}`]])),
  );
  return (
    <>
      <Textarea
        label="Reason"
        name="reason"
        withAsterisk
        required
        autosize
        minRows={3}
        value={draft.reason}
        onChange={(typing) => onType({ reason: typing.currentTarget.value })}
      />
      <ListInput
        name="findings"
        input={FieldInput}
        field={findingsField}
        value={draft.findings}
        onChange={(rows) => onType({ findings: rowsOf(rows) })}
      />
      {gate.outcomes.some((each) => each.outcome === 'approve_with_conditions') && (
        <ListInput
          name="conditions"
          input={FieldInput}
          field={conditionsField(blockable)}
          value={draft.conditions}
          onChange={(rows) => onType({ conditions: rowsOf(rows) })}
        />
      )}
    </>
  );
}

function Overdue({ onRead }: { onRead: () => void }) {
  return (
    <div className={styles.overdue} role="alert">
      <strong>What this decision rests on was altered while you were writing.</strong>
      <p>It stands on this page as it is now. What you wrote is kept.</p>
      <Button variant="default" size="compact-sm" onClick={onRead}>
        I have read it
      </Button>
    </div>
  );
}

interface OutcomesProps {
  gate: GateView;
  isBarred: (outcome: Chosen) => boolean;
  /** One of them is being sent. */
  waits: boolean;
  /** What says why it is barred. */
  whyId: string;
  onChoose: (outcome: Chosen) => void;
}

function Outcomes({ gate, isBarred, waits, whyId, onChoose }: OutcomesProps) {
  return (
    <div className={styles.outcomes} role="group" aria-label="Outcomes">
      {gate.outcomes.map((outcome, index) => {
        const isOff = waits || isBarred(outcome);
        return (
          <Button
            key={`${outcome.outcome}${outcome.variant ?? ''}`}
            fullWidth
            size="sm"
            variant={looks(outcome, index)}
            data-disabled={isOff || undefined}
            aria-disabled={isOff}
            aria-describedby={isBarred(outcome) ? whyId : undefined}
            onClick={(press) => (isOff ? press.preventDefault() : onChoose(outcome))}
          >
            {outcome.label}
          </Button>
        );
      })}
    </div>
  );
}

function Sending({ chosen }: { chosen: Chosen | null }) {
  return <span className="quiet">Sent: {chosen?.label}. Not decided until the server confirms it …</span>;
}
