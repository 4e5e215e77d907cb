// The standard page in three layouts: a case (what is written at the left, facts at the side), a document with its checklist, a register row.
import { Button } from '@mantine/core';
import { Fragment } from 'react';
import type { RecordDefinition } from '../../record/define/define.ts';
import type { RecordRead } from '../contract.ts';
import { useGo, useSearch } from '../go.tsx';
import { usePageTitle } from '../page-title.ts';
import { useRecord } from '../queries.ts';
import { type Panel, type PanelProps, useContributedPanels } from '../registry.ts';
import { loadedPart } from '../loaded-part.tsx';
import { RefusalWords, RefusedPlace, Waiting } from '../states.tsx';
import { Tabs } from '../tabs.tsx';
import { FactsAside } from './facts-aside.tsx';
import { FieldsPanel } from './fields-panel.tsx';
import { LoadedPanel } from './loaded-panel.tsx';
import styles from './page.module.css';
import { RecordHead } from './record-head.tsx';
import { ShareBanner } from './sharing.tsx';
import { useChecklistFill } from './use-checklist.ts';
import { useEditorsReady } from './use-editors-ready.ts';

const ChecklistPanel = loadedPart('checklist', async () => (await import('./checklist-panel.tsx')).ChecklistPanel);
const DecisionsPanel = loadedPart('decisions', async () => (await import('./decisions-panel.tsx')).DecisionsPanel);
const HistoryPanel = loadedPart('history', async () => (await import('./history-panel.tsx')).HistoryPanel);

function ContributedPanel({ panel, ...props }: PanelProps & { panel: Panel }) {
  return (
    <section className={styles.panel} aria-label={panel.title}>
      <h2>{panel.title}</h2>
      <LoadedPanel panel={panel} {...props} />
    </section>
  );
}

function Overview({
  definition,
  read,
  editable,
  asOf,
}: {
  definition: RecordDefinition;
  read: RecordRead;
  editable: boolean;
  asOf: string | undefined;
}) {
  const panels = useContributedPanels(definition.type).filter(({ ofCustomers }) => !ofCustomers);
  const parts =
    definition.layout === 'register'
      ? ([undefined] as const)
      : definition.layout === 'case'
        ? (['long', 'short'] as const)
        : (['short', 'long'] as const);
  const first = panels.filter((each) => each.first);
  const rest = panels.filter((each) => !each.first);
  const drawn = (each: Panel) => <ContributedPanel key={each.title} panel={each} read={read} asOf={asOf} />;
  // Of a case one reads what was said before the small print.
  const [before, after] = definition.layout === 'case' ? [rest, []] : [[], rest];
  return (
    <>
      {first.map(drawn)}
      {parts.map((part, index) => (
        <Fragment key={part ?? 'all'}>
          <FieldsPanel
            definition={definition}
            read={read}
            editable={editable}
            {...(part ? { only: part } : {})}
            label={part === 'long' ? 'What is written' : 'Fields'}
          />
          {index === 0 && before.map(drawn)}
        </Fragment>
      ))}
      {after.map(drawn)}
    </>
  );
}

function Whole({
  definition,
  read,
  asOf,
}: {
  definition: RecordDefinition;
  read: RecordRead;
  asOf: string | undefined;
}) {
  const editable = read.canEdit && asOf === undefined;
  const { filled, wanted, isKnown } = useChecklistFill(definition, read.checklist);
  const why = read.editRefusals[0];
  usePageTitle(`${read.record.ref} ${read.record.title}`);
  const tabs = [
    {
      name: 'overview',
      label: 'Overview',
      show: () => <Overview definition={definition} read={read} editable={editable} asOf={asOf} />,
    },
    ...(read.checklist.length > 0
      ? [
          {
            name: 'checklist',
            label: 'Checklist',
            ...(isKnown ? { count: `${filled}/${wanted}` } : {}),
            show: () => <ChecklistPanel definition={definition} read={read} editable={asOf === undefined} />,
          },
        ]
      : []),
    {
      name: 'decisions',
      label: 'Decisions',
      count: String(read.decisions.length),
      show: () => <DecisionsPanel decisions={read.decisions} names={read.names} conditions={read.conditions} />,
    },
    { name: 'history', label: 'History', show: () => <HistoryPanel definition={definition} id={read.record.id} /> },
  ];
  return (
    <article>
      <RecordHead definition={definition} read={asOf ? { ...read, moves: [], gates: [] } : read} editable={editable} />
      {!asOf && definition.stage !== 'party' && <ShareBanner record={read.record} />}
      <div className={styles.columns}>
        <div className={styles.mainColumn}>
          <Tabs tabs={tabs} label={`Parts of ${read.record.ref}`} />
          {!read.canEdit && !asOf && why && (
            <p className={`quiet small ${styles.frozen}`}>
              <RefusalWords refusal={why} />
            </p>
          )}
        </div>
        <FactsAside definition={definition} read={read} editable={editable} />
      </div>
    </article>
  );
}

export function RecordPage({ definition, recordKey }: { definition: RecordDefinition; recordKey: string }) {
  const [search] = useSearch();
  const asOf = search.get('asOf') ?? undefined;
  const record = useRecord(definition.path, recordKey, asOf);
  const go = useGo();
  useEditorsReady();
  if (record.isPending)
    return (
      <>
        <h1 className="visually-hidden">
          {definition.label} {recordKey}
        </h1>
        <Waiting what={`Loading ${recordKey}`} />
      </>
    );
  if (record.isError)
    return (
      <>
        <h1>
          {definition.label} {recordKey}
        </h1>
        <RefusedPlace error={record.error} again={() => record.refetch()}>
          <Button variant="default" onClick={() => go(`/${definition.path}`)}>
            All {definition.plural.toLowerCase()}
          </Button>
        </RefusedPlace>
      </>
    );
  return <Whole definition={definition} read={record.data} asOf={asOf} />;
}
