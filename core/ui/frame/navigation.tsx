import { ActionIcon } from '@mantine/core';
import {
  IconCategory,
  IconFileImport,
  IconInbox,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconScale,
  IconSearch,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { StageName } from '../../record/define/define.ts';
import { Go, usePathname } from '../go.tsx';
import { foldedNavigation } from '../preferences.ts';
import { useMayImport, useWaitingDecisions, useChangedBases, useConditions } from '../queries.ts';
import { definitionsOf, useRegistry } from '../registry.ts';
import { ringStages, StageMark, stageLabels } from '../stage.tsx';
import { useStore } from '../store.ts';
import styles from './frame.module.css';

function Entry({
  to,
  label,
  icon,
  current,
  count,
  deep = false,
}: {
  to: string;
  label: string;
  icon?: ReactNode;
  current: boolean;
  count?: number | undefined;
  deep?: boolean;
}) {
  return (
    <li>
      <Go
        to={to}
        className={deep ? styles.deep : styles.entry}
        aria-current={current ? 'page' : undefined}
        title={label}
      >
        {icon}
        <span className={styles.entryWord}>{label}</span>
        {count !== undefined && count > 0 && (
          <span className={styles.count}>
            <span className="visually-hidden">, waiting: </span>
            {count}
          </span>
        )}
      </Go>
    </li>
  );
}

function LoopIcon() {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden fill="none" stroke="currentColor" strokeWidth="1.6">
      <circle cx="8" cy="8" r="5.6" />
      <circle cx="8" cy="2.4" r="1.6" fill="currentColor" stroke="none" />
      <circle cx="13" cy="10.6" r="1.6" fill="currentColor" stroke="none" />
      <circle cx="3" cy="10.6" r="1.6" fill="currentColor" stroke="none" />
    </svg>
  );
}

/** How many decisions wait for me or stand on what was altered since, and conditions that I see to; shared with the decisions page. */
function useMyWaiting(): number | undefined {
  const waiting = useWaitingDecisions();
  const changed = useChangedBases();
  const conditions = useConditions();
  if (!waiting.data || !changed.data || !conditions.data) return undefined;
  const mine = [...waiting.data.items, ...changed.data.items].filter((each) => each.mine);
  return mine.length + conditions.data.count.mine;
}

function useStageOfPage(): StageName | undefined {
  const path = usePathname();
  const registry = useRegistry();
  const [, first = '', second = ''] = path.split('/');
  if (first === 'stages')
    return ringStages.find((each) => each === second) ?? (second === 'party' ? 'party' : undefined);
  return (
    registry.definitions.find((each) => each.path === first)?.stage ??
    registry.entries.find((entry) => path.startsWith(entry.to))?.stage
  );
}

function StageEntries({ stage, open }: { stage: StageName; open: boolean }) {
  const registry = useRegistry();
  const path = usePathname();
  const to = `/stages/${stage}`;
  const own = registry.entries.filter((each) => each.stage === stage);
  const lists = definitionsOf(registry, stage).map((each) => ({ label: each.plural, to: `/${each.path}` }));
  return (
    <>
      <Entry
        to={to}
        label={stageLabels[stage]}
        icon={<StageMark stage={stage} size={16} silent />}
        current={path === to}
      />
      {open &&
        [...own, ...lists].map((each) => (
          <Entry
            key={each.to}
            to={each.to}
            label={each.label}
            deep
            current={path === each.to || path.startsWith(`${each.to}/`)}
          />
        ))}
    </>
  );
}

function BottomBar({ waiting, onSearch }: { waiting: number | undefined; onSearch: () => void }) {
  const path = usePathname();
  const at = (to: string) => (path === to || path.startsWith(`${to}/`) ? 'page' : undefined);
  return (
    <nav className={styles.bottom} aria-label="Main">
      <Go to="/work" aria-current={at('/work')}>
        <IconInbox size={20} aria-hidden />
        My work
      </Go>
      <Go to="/decisions" aria-current={at('/decisions')}>
        <span className={styles.badged}>
          <IconScale size={20} aria-hidden />
          {waiting ? <span className={styles.badge}>{waiting}</span> : null}
        </span>
        Decisions
      </Go>
      <Go to="/loop" aria-current={at('/loop')}>
        <LoopIcon />
        The loop
      </Go>
      <Go to="/stages" aria-current={at('/stages')}>
        <IconCategory size={20} aria-hidden />
        All lists
      </Go>
      <button type="button" onClick={onSearch}>
        <IconSearch size={20} aria-hidden />
        Search
      </button>
    </nav>
  );
}

/** At the side, folded to icons when narrow or wished, and a bar at the foot of a phone. */
export function Navigation({ onSearch }: { onSearch: () => void }) {
  const path = usePathname();
  const stage = useStageOfPage();
  const folded = useStore(foldedNavigation);
  const waiting = useMyWaiting();
  const mayImport = useMayImport();
  const Fold = folded ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  return (
    <>
      <nav className={styles.side} aria-label="Main">
        <ul>
          <Entry to="/work" label="My work" icon={<IconInbox size={16} aria-hidden />} current={path === '/work'} />
          <Entry
            to="/decisions"
            label="Decisions"
            icon={<IconScale size={16} aria-hidden />}
            current={path === '/decisions'}
            count={waiting}
          />
          <Entry to="/loop" label="The loop" icon={<LoopIcon />} current={path === '/loop'} />
          <li className={styles.gap} aria-hidden />
          {ringStages.map((each) => (
            <StageEntries key={each} stage={each} open={!folded && each === stage} />
          ))}
          <li className={styles.gap} aria-hidden />
          <StageEntries stage="party" open={!folded && stage === 'party'} />
          {mayImport && (
            <Entry
              to="/imports"
              label="Imports"
              icon={<IconFileImport size={16} aria-hidden />}
              current={path === '/imports' || path.startsWith('/imports/')}
            />
          )}
        </ul>
        <ActionIcon
          className={styles.fold}
          aria-label={folded ? 'Unfold the navigation' : 'Fold the navigation'}
          onClick={() => foldedNavigation.set(!folded)}
        >
          <Fold size={16} aria-hidden />
        </ActionIcon>
      </nav>
      <BottomBar waiting={waiting} onSearch={onSearch} />
    </>
  );
}
