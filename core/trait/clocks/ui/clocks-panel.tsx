// The clocks of a record: what each shows now in words, and where the time went as a bar and as a list.
import type { z } from 'zod';
import type { Tone } from '../../../lifecycle/lifecycle.ts';
import { formatInstantIn, formatMinutes, inWords } from '../../../ui/format.ts';
import { useAnswer } from '../../../ui/queries.ts';
import { useDefinition } from '../../../ui/registry.ts';
import type { PanelProps } from '../../../ui/registry.ts';
import { RefusedPlace, Waiting } from '../../../ui/states.tsx';
import { ToneWord } from '../../../ui/tone.tsx';
import { layoutBar, type Stretch, type StretchKind, sums } from './clock-bar.ts';
import type { clocksSchema } from '../views.ts';
import styles from './clocks.module.css';
import { lookup } from '../../../names/lookup.ts';

type Clocks = z.infer<typeof clocksSchema>;
type ClockView = Clocks['items'][number];
type ClockState = ClockView['state'];

const states: Readonly<Record<ClockState, { tone: Tone; word: string }>> = lookup({
  not_started: { tone: 'neutral', word: 'Not started' },
  running: { tone: 'running', word: 'Running' },
  paused: { tone: 'neutral', word: 'Paused' },
  met: { tone: 'good', word: 'Met' },
  breached_running: { tone: 'bad', word: 'Overdue' },
  breached_stopped: { tone: 'bad', word: 'Missed' },
  cancelled: { tone: 'unknown', word: 'Replaced' },
});
const kinds: Readonly<Record<StretchKind, string>> = lookup({
  working: 'counted',
  outside_hours: 'outside service hours',
  paused: 'paused',
});

const kindInWords = (kind: StretchKind, reason: string | null) =>
  reason === null ? kinds[kind] : `${kinds[kind]}, waiting for: ${inWords(reason).toLowerCase()}`;

function reading({ state, remainingMinutes, elapsedBusinessMinutes }: ClockView): { figure: string; unit: string } {
  if (state === 'met' || state === 'breached_stopped')
    return { figure: formatMinutes(elapsedBusinessMinutes), unit: 'taken' };
  return remainingMinutes >= 0
    ? { figure: formatMinutes(remainingMinutes), unit: 'left' }
    : { figure: formatMinutes(remainingMinutes), unit: 'over' };
}

function CourseBar({ course, dueAt }: { course: readonly Stretch[]; dueAt: string | null }) {
  const bar = layoutBar(course, dueAt);
  if (!bar) return null;
  return (
    <svg className={styles.bar} viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden>
      <rect x={0} y={3} width={100} height={8} className={styles.toCome} />
      {bar.parts.map(({ kind, left, width, words }) => (
        <rect key={left} x={left} y={3} width={width} height={8} data-kind={kind} className={styles.part}>
          <title>{words}</title>
        </rect>
      ))}
      {bar.due !== null && <path d={`M${bar.due} 0V14`} className={styles.due} vectorEffect="non-scaling-stroke" />}
    </svg>
  );
}

function Clock({ clock, name }: { clock: ClockView; name: string }) {
  const { state, zone, targetMinutes, dueAt, inWords: course } = clock;
  const { figure, unit } = reading(clock);
  return (
    <li className={styles.clock}>
      <div className={styles.head}>
        <strong>{name}</strong>
        <ToneWord tone={states[state].tone} word={states[state].word} boxed />
      </div>
      {state !== 'cancelled' && (
        <div className={styles.reading}>
          <span className={styles.figure}>{figure}</span>{' '}
          <span className="quiet">
            {unit} of {formatMinutes(targetMinutes)}
          </span>
        </div>
      )}
      <CourseBar course={course} dueAt={dueAt} />
      {dueAt && (
        <p className={styles.dueAt}>
          Due <time dateTime={dueAt}>{formatInstantIn(dueAt, zone)}</time>
        </p>
      )}
      {course.length > 0 && (
        <ul className={styles.legend}>
          {sums(course).map((each) => (
            <li key={`${each.kind}${each.reason}`}>
              <span className={styles.swatch} data-kind={each.kind} aria-hidden />
              {formatMinutes(each.minutes)} {kindInWords(each.kind, each.reason)}
            </li>
          ))}
        </ul>
      )}
      {course.length > 0 && (
        <details className={styles.course}>
          <summary>Where the time went, stretch by stretch</summary>
          <ol>
            {course.map((each) => (
              <li key={each.from}>
                <span className={styles.swatch} data-kind={each.kind} aria-hidden />
                {each.words}
              </li>
            ))}
          </ol>
        </details>
      )}
    </li>
  );
}

export function Panel({ read }: PanelProps) {
  const { id, type } = read.record;
  const definition = useDefinition(type);
  const clocks = useAnswer<Clocks>(['clocks', id], `/${definition?.path}/${id}/clocks`, {
    live: true,
  });
  const { kinds: named = {}, without = '' } = definition?.traits?.clocks ?? {};
  // In the order in which they are declared; replaced ones keep their own.
  const order = Object.keys(named);
  if (clocks.isPending) return <Waiting what="Loading the clocks" lines={2} />;
  if (clocks.isError) return <RefusedPlace error={clocks.error} again={() => clocks.refetch()} />;
  const { items } = clocks.data;
  if (items.length === 0)
    return (
      <p className="quiet small">
        {read.record.fields['sourceKey']
          ? 'Its history comes from another system: what became of its targets is judged by the times the source gives, not by a clock that ran here.'
          : `No clock runs on it: ${without}.`}
      </p>
    );
  return (
    <>
      <ul className={styles.clocks}>
        {items
          .toSorted((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind))
          .map((clock) => (
            <Clock key={clock.id} clock={clock} name={named[clock.kind]?.label ?? clock.kind} />
          ))}
      </ul>
      <p className={`quiet small ${styles.zone}`}>Times of the agreed zone, {items[0]?.zone}.</p>
    </>
  );
}
