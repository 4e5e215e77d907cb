import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconFlask } from '@tabler/icons-react';
import { reasonsOf, read, write } from '../../../core/ui/api.ts';
import { useGo } from '../../../core/ui/go.tsx';
import { usePageTitle } from '../../../core/ui/page-title.ts';
import { useMe } from '../../../core/ui/queries.ts';
import { useRegistry } from '../../../core/ui/registry.ts';
import { ringStages, StageMark, stageVerbs } from '../../../core/ui/stage.tsx';
import { Reasons } from '../../../core/ui/states.tsx';
import { Demo, type DemoView } from './demo.tsx';
import styles from './home.module.css';

const askAgain = 1000;

// Where an administrator begins whose side has nothing yet: whom to serve, and who works there.
const beginnings = [
  { type: 'customer', words: 'Note a customer organisation' },
  { type: 'person', words: 'Note a person' },
];

/** How far the example is; null for people who may not start it. */
function useDemo(mayStart: boolean) {
  const client = useQueryClient();
  const demo = useQuery({
    queryKey: ['demo'],
    queryFn: ({ signal }) => read<DemoView>('/demo', signal),
    enabled: mayStart,
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? askAgain : false),
  });
  const play = useMutation({
    mutationFn: () => write('POST', '/demo', {}),
    onSettled: () => client.invalidateQueries({ queryKey: ['demo'] }),
  });
  return { demo: demo.data, play };
}

/** An empty installation: play the example, or begin. */
export function FirstRun() {
  const go = useGo();
  const { definitions } = useRegistry();
  const first = definitions[0];
  const me = useMe();
  const mayStart = me.data?.grants.some(({ role }) => role === 'ADM') === true && !me.data.provider.example;
  const { demo, play } = useDemo(mayStart);
  const played = demo !== undefined && demo.state !== 'idle';
  usePageTitle('Welcome');
  return (
    <div className={styles.first}>
      <h1>From what the business asks for, to what it got</h1>
      <p>
        Servicewright keeps a service's whole life in one record: who asked for which outcome, who decided on what
        evidence, what it cost, and whether it worked. None is on its way yet.
      </p>
      <p className={styles.turn}>
        {ringStages.map((stage) => (
          <span key={stage}>
            <StageMark stage={stage} named /> <span className="quiet">{stageVerbs[stage]}</span>
          </span>
        ))}
      </p>
      {played && <Demo demo={demo} again={() => play.mutate()} />}
      {(!played || demo.state === 'finished') && (
        <div className={styles.choices}>
          {mayStart && !played && (
            <Button
              size="sm"
              leftSection={<IconFlask size={15} aria-hidden />}
              loading={play.isPending}
              onClick={() => play.mutate()}
            >
              Show me with the example log
            </Button>
          )}
          {beginnings.map(({ type, words }) => {
            const path = me.data?.creates.includes(type) && definitions.find((each) => each.type === type)?.path;
            return (
              path && (
                <Button key={type} size="sm" variant="default" onClick={() => go(`/${path}/new`)}>
                  {words}
                </Button>
              )
            );
          })}
          {first && me.data?.creates.includes(first.type) && (
            <Button size="sm" variant="default" onClick={() => go(`/${first.path}/new`)}>
              Start with a requirement
            </Button>
          )}
        </div>
      )}
      {play.isError && <Reasons refusals={reasonsOf(play.error)} title="The example was not started" />}
      {mayStart && (
        <p className="small">
          The example goes into a provider of its own, marked as an example for good; it never mixes with yours.
        </p>
      )}
    </div>
  );
}
