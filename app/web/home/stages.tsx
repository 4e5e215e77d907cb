import { actOf } from '../../../core/record/define/act-of.ts';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { StageName } from '../../../core/record/define/define.ts';
import { Go, useGo, useParam } from '../../../core/ui/go.tsx';
import { usePageTitle } from '../../../core/ui/page-title.ts';
import { useMayImport, useMe } from '../../../core/ui/queries.ts';
import { definitionsOf, useRegistry } from '../../../core/ui/registry.ts';
import { ringStages, StageMark, stageLabels, stageVerbs } from '../../../core/ui/stage.tsx';
import { NotFound } from '../../../core/ui/page/not-found.tsx';
import styles from './home.module.css';

const all: readonly StageName[] = [...ringStages, 'party'];

function Lists({ stage }: { stage: StageName }) {
  const registry = useRegistry();
  const go = useGo();
  const creates = useMe().data?.creates ?? [];
  const entries = registry.entries.filter((each) => each.stage === stage);
  return (
    <ul className={styles.lists}>
      {entries.map((each) => (
        <li key={each.to}>
          <Go to={each.to} className={styles.listName}>
            {each.label}
          </Go>
        </li>
      ))}
      {definitionsOf(registry, stage).map((each) => (
        <li key={each.type}>
          <Go to={`/${each.path}`} className={styles.listName}>
            {each.plural}
          </Go>
          <span className={styles.purpose}>{each.purpose}</span>
          {creates.includes(each.type) && (
            <Button
              variant="subtle"
              size="compact-sm"
              aria-label={actOf(each)}
              leftSection={<IconPlus size={13} aria-hidden />}
              onClick={() => go(`/${each.path}/new`)}
            >
              New
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Everything there is, by stage: what each kind of record is for. */
export function Stages() {
  usePageTitle('All lists');
  const mayImport = useMayImport();
  return (
    <>
      <h1>All lists</h1>
      {all.map((stage) => (
        <section key={stage} className={styles.section} aria-labelledby={`stage-${stage}`}>
          <h2 id={`stage-${stage}`}>
            <Go to={`/stages/${stage}`} className={styles.stageName}>
              <StageMark stage={stage} named size={16} />
            </Go>{' '}
            <span className="quiet small">{stageVerbs[stage]}</span>
          </h2>
          <Lists stage={stage} />
        </section>
      ))}
      {mayImport && (
        <section className={styles.section} aria-labelledby="from-elsewhere">
          <h2 id="from-elsewhere">From elsewhere</h2>
          <ul className={styles.lists}>
            <li>
              <Go to="/imports" className={styles.listName}>
                Imports
              </Go>
              <span className={styles.purpose}>What another system knows, brought in as CSV.</span>
            </li>
          </ul>
        </section>
      )}
    </>
  );
}

export function OneStage() {
  const wanted = useParam('stage');
  const stage = all.find((each) => each === wanted);
  usePageTitle(stage ? stageLabels[stage] : 'Not found');
  if (!stage) return <NotFound />;
  return (
    <>
      <h1>
        <StageMark stage={stage} named size={20} />
      </h1>
      <div className={styles.section}>
        <Lists stage={stage} />
      </div>
    </>
  );
}
