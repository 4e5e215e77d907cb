// Decisions waiting for me: what, since when, at what cost of waiting; then what waits for others.
import { Button } from '@mantine/core';
import type { WaitingDecision } from '../../ui/contract.ts';
import { formatMoney } from '../../ui/format.ts';
import { Waited } from '../../ui/when.tsx';
import { Go, useGo, useSearch } from '../../ui/go.tsx';
import { useRowsKeys } from '../../ui/list/use-rows-keys.ts';
import { usePageTitle } from '../../ui/page-title.ts';
import { useChangedBases, useConditions, useWaitingDecisions, useWaitingShares } from '../../ui/queries.ts';
import { EmptyPlace, RefusedPlace, Waiting } from '../../ui/states.tsx';
import { StageMark } from '../../ui/stage.tsx';
import styles from './decisions.module.css';
import { ChangedGroup } from './changed-group.tsx';
import { ConditionGroups } from './condition-groups.tsx';
import { WaitingSharesGroup } from './waiting-shares.tsx';
import { lookup } from '../../names/lookup.ts';

const sides = lookup({ B: 'Business', P: 'Provider' } as const);
const inTogether = ({ rule, decided, of }: NonNullable<WaitingDecision['together']>) =>
  `${decided} of ${of} organisations have decided${rules[rule]}.`;
const rules = lookup({
  each: '; each of them does',
  lead: '; one speaks for all',
  weighted: '; their shares of the funding count',
} as const);
const gateOf = (each: WaitingDecision) => `/gates/${each.gate}/${each.subject.id}`;

function Row({
  waiting,
  index,
  at,
  chosen,
  onFocus,
}: {
  waiting: WaitingDecision;
  index: number;
  at: boolean;
  chosen: boolean;
  onFocus: () => void;
}) {
  const { subject } = waiting;
  return (
    <li className={styles.row} data-row={index} data-at={at} data-chosen={chosen}>
      <span className={styles.gate}>{waiting.gate}</span>
      <div className={styles.what}>
        <Go to={gateOf(waiting)} className={styles.title} onFocus={onFocus}>
          <span className="visually-hidden">
            {waiting.gate} {waiting.gateLabel}:{' '}
          </span>
          {subject.title}
        </Go>
        <p className={styles.question}>
          {waiting.gateLabel} · {waiting.question}
          {waiting.together && <span className="quiet"> {inTogether(waiting.together)}</span>}
        </p>
      </div>
      <span className={styles.subject}>
        <StageMark stage={subject.stage} size={12} /> {subject.ref}
      </span>
      <span className={styles.side}>{sides[waiting.side]}</span>
      <span className={styles.wait}>
        <Waited since={waiting.since} />
        <span className="quiet">
          {waiting.costPerDay ? `${formatMoney(waiting.costPerDay)} a day` : 'cost not stated'}
        </span>
      </span>
    </li>
  );
}

function Group({
  id,
  title,
  items,
  from,
  rows,
}: {
  id: string;
  title: string;
  items: readonly WaitingDecision[];
  from: number;
  rows: ReturnType<typeof useRowsKeys>;
}) {
  if (items.length === 0) return null;
  return (
    <section aria-labelledby={id} className={styles.group}>
      <h2 id={id}>
        {title} <span className="quiet small">{items.length}</span>
      </h2>
      <ul>
        {items.map((each, index) => (
          <Row
            key={gateOf(each)}
            waiting={each}
            index={from + index}
            at={rows.at === from + index}
            chosen={rows.chosen.has(gateOf(each))}
            onFocus={() => rows.place(from + index)}
          />
        ))}
      </ul>
    </section>
  );
}

export function Decisions() {
  const [search, edit] = useSearch();
  const limit = search.get('limit') ?? '50';
  const waiting = useWaitingDecisions(limit);
  const shares = useWaitingShares();
  const changed = useChangedBases();
  const conditions = useConditions();
  const isUnasked =
    shares.isSuccess &&
    shares.data.items.length === 0 &&
    !conditions.data?.count.mine &&
    !changed.data?.items.some((each) => each.mine);
  const go = useGo();
  const items = waiting.data?.items ?? [];
  const mine = items.filter((each) => each.mine);
  const others = items.filter((each) => !each.mine);
  const shown = [...mine, ...others];
  const rows = useRowsKeys({
    ids: shown.map(gateOf),
    scrollTo: (index) => document.querySelector(`[data-row="${index}"]`)?.scrollIntoView({ block: 'nearest' }),
    onOpen: (index) => shown[index] && go(gateOf(shown[index])),
  });
  usePageTitle('Decisions');
  return (
    <>
      <h1>Decisions</h1>
      {waiting.isPending && <Waiting what="Loading decisions" />}
      {waiting.isError && <RefusedPlace error={waiting.error} again={() => waiting.refetch()} />}
      <ChangedGroup />
      <WaitingSharesGroup />
      <ConditionGroups />
      {waiting.isSuccess && mine.length === 0 && isUnasked && (
        <EmptyPlace sentence="Nothing waits for your decision. When work reaches a gate where you decide, it stands here with its evidence.">
          <Button variant="default" onClick={() => go('/loop')}>
            See the loop
          </Button>
        </EmptyPlace>
      )}
      <Group id="mine" title="Waiting for me" items={mine} from={0} rows={rows} />
      <Group id="others" title="Waiting for others" items={others} from={mine.length} rows={rows} />
      {waiting.data?.nextCursor && (
        <Button variant="default" mt="md" onClick={() => edit({ limit: '200' })}>
          Show more
        </Button>
      )}
    </>
  );
}
