import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconFlask } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { reasonsOf, read, write } from '../api.ts';
import { useGo } from '../go.tsx';
import { usePageTitle } from '../page-title.ts';
import { useRegistry } from '../registry.ts';
import { ringStages, StageMark, stageVerbs } from '../stage.tsx';
import { Reasons } from '../states.tsx';
import styles from './home.module.css';

interface DemoView {
  state: string;
  step: string | null;
  steps: number;
  done: number;
}
const askAgain = 1000;

function DemoProgress() {
  const client = useQueryClient();
  const demo = useQuery({
    queryKey: ['demo'],
    queryFn: ({ signal }) => read<DemoView>('/demo', signal),
    refetchInterval: askAgain,
  });
  const { state, step, steps, done } = demo.data ?? { state: 'starting', step: null, steps: 0, done: 0 };
  const finished = steps > 0 && done >= steps;
  useEffect(() => {
    if (finished) void client.invalidateQueries();
  }, [finished, client]);
  return (
    <div className={styles.progress} role="status">
      <progress max={Math.max(1, steps)} value={done} aria-label="Playing the example" />
      <p className="small">
        {state === 'failed' ? (
          "The example stopped. The server's log says why."
        ) : (
          <>
            {done} of {steps || '…'} steps{step && <>: {step}</>}
          </>
        )}
      </p>
    </div>
  );
}

/** An empty installation: play the example, or begin. */
export function FirstRun() {
  const go = useGo();
  const { definitions } = useRegistry();
  const first = definitions[0];
  const play = useMutation({ mutationFn: () => write('POST', '/demo', {}) });
  usePageTitle('Welcome');
  return (
    <div className={styles.first}>
      <h1>From what the business asks for, to what it got</h1>
      <p>
        Servicewright keeps a service's whole life in one record: who asked for which outcome, who decided on what
        evidence, what it cost, and whether it worked. Nothing is here yet.
      </p>
      <p className={styles.turn}>
        {ringStages.map((stage) => (
          <span key={stage}>
            <StageMark stage={stage} named /> <span className="quiet">{stageVerbs[stage]}</span>
          </span>
        ))}
      </p>
      {play.isSuccess ? (
        <DemoProgress />
      ) : (
        <div className={styles.choices}>
          <Button
            size="sm"
            leftSection={<IconFlask size={15} aria-hidden />}
            loading={play.isPending}
            onClick={() => play.mutate()}
          >
            Show me with the example log
          </Button>
          {first && (
            <Button size="sm" variant="default" onClick={() => go(`/${first.path}/new`)}>
              Start with a requirement
            </Button>
          )}
        </div>
      )}
      {play.isError && <Reasons refusals={reasonsOf(play.error)} title="The example was not started" />}
      <p className="small">
        The example goes into a provider of its own, marked as an example for good; it never mixes with yours.
      </p>
    </div>
  );
}
