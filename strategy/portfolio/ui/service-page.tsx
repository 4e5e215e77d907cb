// The service's page: the thread from the sentence the business wrote to the newest measurement, promise beside truth, twelve cells, decisions, cases.
import type { RecordDefinition } from '../../../core/record/define/define.ts';
import { queryOf } from '../../../core/ui/api.ts';
import type { ListReply, RecordRead } from '../../../core/ui/contract.ts';
import { Figure } from '../../../core/ui/figure.tsx';
import { formatShare } from '../../../core/ui/format.ts';
import { Go, useParam, useSearch } from '../../../core/ui/go.tsx';
import { LineageDecisions } from '../../../core/ui/page/lineage-decisions.tsx';
import { ShareBanner } from '../../../core/ui/page/sharing.tsx';
import { FactsAside } from '../../../core/ui/page/facts-aside.tsx';
import { FieldsPanel } from '../../../core/ui/page/fields-panel.tsx';
import { HistoryPanel } from '../../../core/ui/page/history-panel.tsx';
import { LoadedPanel } from '../../../core/ui/page/loaded-panel.tsx';
import pageStyles from '../../../core/ui/page/page.module.css';
import { NotFound } from '../../../core/ui/page/not-found.tsx';
import { RecordHead } from '../../../core/ui/page/record-head.tsx';
import { usePageTitle } from '../../../core/ui/page-title.ts';
import { useAnswer, useRecord } from '../../../core/ui/queries.ts';
import { useContributedPanels, useDefinition, usePathOf, useRegistry } from '../../../core/ui/registry.ts';
import { RefusedPlace, Waiting } from '../../../core/ui/states.tsx';
import { type Tab, Tabs } from '../../../core/ui/tabs.tsx';
import { ValueThread } from '../../../core/ui/thread/thread.tsx';
import { StateWord, ToneIcon, ToneWord } from '../../../core/ui/tone.tsx';
import { OutcomesTable } from './outcomes-table.tsx';
import type { ServiceOverview } from './overview.ts';
import styles from './service-page.module.css';

function Subscriptions({ overview }: { overview: ServiceOverview }) {
  const { definitions } = useRegistry();
  const pathOf = usePathOf();
  if (overview.subscriptions.length === 0) return <p className="quiet small">Nobody subscribes to it yet.</p>;
  return (
    <ul className={styles.subscriptions}>
      {overview.subscriptions.map(({ header, state, customer, agreement }) => (
        <li key={header.id}>
          <Go to={pathOf(header)}>{customer ? (overview.names[customer] ?? customer) : header.title}</Go>
          <StateWord lifecycle={definitions.find((each) => each.type === header.type)?.lifecycle} state={state} />
          {agreement && <span className="quiet small">{overview.names[agreement] ?? 'agreement'}</span>}
        </li>
      ))}
    </ul>
  );
}

/** Where its thread is broken: before anything that is good about it. */
function Broken({ broken }: Pick<ServiceOverview, 'broken'>) {
  if (broken.length === 0) return null;
  return (
    <ul className={styles.broken} aria-label="Where its thread is broken">
      {broken.map(({ sentence, hint }) => (
        <li key={sentence}>
          <ToneIcon tone="bad" />
          <span>
            {sentence} <span className="quiet">{hint}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Headline({ overview }: { overview: ServiceOverview }) {
  const measured = overview.outcomes.filter((each) => each.latest !== null).length;
  const { open, last30 } = overview.incidents;
  return (
    <div className={styles.headline}>
      <Figure
        label="Value, as share of the promise"
        value={
          overview.value?.attainment === null || overview.value === null ? null : formatShare(overview.value.attainment)
        }
        reason="no outcome is measured yet"
        at={overview.value?.at ?? null}
      />
      <Figure label="Outcomes measured" value={measured} unit={`of ${overview.outcomes.length}`} />
      <Figure label="Incidents open" value={open}>
        {open > 0 && <ToneWord tone="attention" word={`${last30} in 30 days`} />}
      </Figure>
      <div>
        <div className={styles.label}>Subscriptions</div>
        <Subscriptions overview={overview} />
      </div>
    </div>
  );
}

const casesShown = 20;

/** Open cases of one kind that name the service, the soonest due first. */
function CasesOf({ kind, service }: { kind: RecordDefinition; service: string }) {
  const pathOf = usePathOf();
  const open = Object.entries(kind.lifecycle.states).flatMap(([name, state]) => (state.final ? [] : [name]));
  const sort = kind.sorts?.includes('nextDueAt') ? 'nextDueAt' : '-updatedAt';
  const query = queryOf({ service, state: open.join(','), sort, limit: casesShown });
  const answer = useAnswer<ListReply>(['list', kind.type, query], `/${kind.path}${query}`);
  if (answer.isPending) return <Waiting lines={3} />;
  if (answer.isError) return <RefusedPlace error={answer.error} again={() => answer.refetch()} />;
  const { items } = answer.data;
  return (
    <section aria-label={kind.plural}>
      {items.length === 0 && <p className="quiet">No {kind.plural.toLowerCase()} of this service are open.</p>}
      <ul className={styles.cases}>
        {items.map((each) => (
          <li key={each.id}>
            <span className="quiet small">{each.ref}</span> <Go to={pathOf(each)}>{each.title}</Go>{' '}
            <StateWord lifecycle={kind.lifecycle} state={each.state} />
          </li>
        ))}
      </ul>
      <p>
        <Go to={`/${kind.path}?service=${service}`}>All {kind.plural.toLowerCase()} of this service</Go>
      </p>
    </section>
  );
}

function Cases({ service }: { service: string }) {
  const { definitions } = useRegistry();
  const cases = definitions.filter((each) => each.layout === 'case' && each.filters?.includes('service'));
  if (cases.length === 0) return <p className="quiet">No kind of case names a service yet.</p>;
  return cases.map((each) => <CasesOf key={each.type} kind={each} service={service} />);
}

/** Panels that other stages add to a service: the twelve cells among them. */
function useAddedTabs(read: RecordRead, asOf: string | undefined): Tab[] {
  return useContributedPanels(read.record.type).map((panel) => ({
    name: panel.title.toLowerCase().replaceAll(' ', '-'),
    label: panel.title,
    show: () => <LoadedPanel panel={panel} read={read} asOf={asOf} />,
  }));
}

function promiseTab(overview: ServiceOverview | undefined): Tab {
  return {
    name: 'promise',
    label: 'Promise and truth',
    ...(overview ? { count: String(overview.outcomes.length) } : {}),
    show: () => (overview ? <OutcomesTable outcomes={overview.outcomes} /> : <Waiting />),
  };
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
  const { record } = read;
  const overview = useAnswer<ServiceOverview>(['overview', record.id], `/services/${record.id}/overview`, {
    enabled: asOf === undefined,
    live: true,
  });
  const editable = read.canEdit && asOf === undefined;
  const added = useAddedTabs(read, asOf);
  usePageTitle(`${record.ref} ${record.title}`);
  const tabs = [
    { name: 'thread', label: 'Thread', show: () => <ValueThread id={record.id} since={record.createdAt} /> },
    // What is computed from today's cases says nothing of another day.
    ...(asOf === undefined ? [promiseTab(overview.data), ...added] : []),
    { name: 'decisions', label: 'Decisions', show: () => <LineageDecisions id={record.id} asOf={asOf} /> },
    ...(asOf === undefined ? [{ name: 'cases', label: 'Cases', show: () => <Cases service={record.id} /> }] : []),
    {
      name: 'record',
      label: 'Record',
      show: () => (
        <div className={pageStyles.columns}>
          <FieldsPanel definition={definition} read={read} editable={editable} label="Fields" />
          <FactsAside definition={definition} read={read} editable={editable} />
        </div>
      ),
    },
    { name: 'history', label: 'History', show: () => <HistoryPanel definition={definition} id={record.id} /> },
  ];
  return (
    <article>
      {asOf === undefined && <ShareBanner record={record} />}
      <RecordHead definition={definition} read={asOf ? { ...read, moves: [] } : read} editable={editable} />
      {overview.isError && <RefusedPlace error={overview.error} again={() => overview.refetch()} />}
      {overview.isLoading && <Waiting lines={2} />}
      {asOf === undefined && overview.data && <Broken broken={overview.data.broken} />}
      {asOf === undefined && overview.data && <Headline overview={overview.data} />}
      <Tabs tabs={tabs} label={`Parts of ${record.ref}`} />
    </article>
  );
}

export function Screen() {
  const key = useParam('id');
  const [search] = useSearch();
  const definition = useDefinition('service');
  const asOf = search.get('asOf') ?? undefined;
  const record = useRecord(definition?.path ?? 'services', key, asOf);
  if (!definition) return <NotFound />;
  if (record.isPending)
    return (
      <>
        <h1 className="visually-hidden">Service {key}</h1>
        <Waiting what={`Loading ${key}`} />
      </>
    );
  if (record.isError)
    return (
      <>
        <h1>Service {key}</h1>
        <RefusedPlace error={record.error} again={() => record.refetch()} />
      </>
    );
  return <Whole key={record.data.record.id} definition={definition} read={record.data} asOf={asOf} />;
}
