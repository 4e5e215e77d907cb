// Parts of a page; the one that shows stands in the address.
import { type KeyboardEvent, type ReactNode, useId } from 'react';
import { useSearch } from './go.tsx';
import styles from './tabs.module.css';

export interface Tab {
  name: string;
  label: string;
  count?: string;
  show: () => ReactNode;
}

export function Tabs({ tabs, label, param = 'tab' }: { tabs: readonly Tab[]; label: string; param?: string }) {
  const [search, edit] = useSearch();
  const id = useId();
  const wanted = search.get(param);
  const at = Math.max(
    0,
    tabs.findIndex((each) => each.name === wanted),
  );
  const current = tabs[at];
  const choose = (index: number) => edit({ [param]: index === 0 ? null : (tabs[index]?.name ?? null) });
  const handleKey = (press: KeyboardEvent<HTMLDivElement>) => {
    const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };
    const step = steps[press.key];
    if (step === undefined) return;
    press.preventDefault();
    const next = (at + step + tabs.length) % tabs.length;
    choose(next);
    press.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus();
  };
  return (
    <div>
      <div role="tablist" aria-label={label} className={styles.list} onKeyDown={handleKey}>
        {tabs.map((each, index) => (
          <button
            key={each.name}
            type="button"
            role="tab"
            id={`${id}-${each.name}`}
            aria-selected={index === at}
            aria-controls={`${id}-panel`}
            tabIndex={index === at ? 0 : -1}
            className={styles.tab}
            onClick={() => choose(index)}
          >
            {each.label}
            {each.count !== undefined && <span className={styles.count}>{each.count}</span>}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${current?.name}`} className={styles.panel}>
        {current?.show()}
      </div>
    </div>
  );
}
