// A stage always shows by shape and hue together, so that neither colour nor form has to carry it alone.
import type { StageName } from '../record/define/define.ts';
import { lookup } from '../names/lookup.ts';

export const stageLabels: Readonly<Record<StageName, string>> = lookup({
  strategy: 'Strategy',
  design: 'Design',
  transition: 'Transition',
  operation: 'Operation',
  improvement: 'Improvement',
  party: 'People',
});

/** The five in the order of the ring. */
export const ringStages = [
  'strategy',
  'design',
  'transition',
  'operation',
  'improvement',
] as const satisfies readonly StageName[];

/** What the stage does for a piece of work, as one verb. */
export const stageVerbs: Readonly<Record<StageName, string>> = lookup({
  strategy: 'agree',
  design: 'define',
  transition: 'prove',
  operation: 'deliver',
  improvement: 'learn',
  party: 'belong',
});

export const stageColour = (stage: StageName) => `var(--sw-stage-${stage})`;

const outlines: Readonly<Record<StageName, string>> = lookup({
  strategy: 'M8 1.5 13.6 4.75V11.25L8 14.5 2.4 11.25V4.75Z',
  design: 'M8 1.2 14.8 8 8 14.8 1.2 8Z',
  transition: 'M2.5 2.5 8 8 2.5 13.5M8.5 2.5 14 8 8.5 13.5',
  operation: 'M8 1.75A6.25 6.25 0 1 1 7.99 1.75Z',
  improvement: 'M13.6 8A5.6 5.6 0 1 1 11.4 3.5M11.8 0.8V4H8.6',
  party: 'M8 2A2.8 2.8 0 1 1 7.99 2ZM2.5 14C3 10.6 5.2 9.4 8 9.4S13 10.6 13.5 14',
});

const openShapes: readonly StageName[] = ['transition', 'improvement', 'party'];

/** The shape as SVG parts in a 16 by 16 box, for drawing inside a larger picture. */
export function StageShape({ stage, filled = true }: { stage: StageName; filled?: boolean }) {
  const fill = filled && !openShapes.includes(stage) ? stageColour(stage) : 'var(--sw-ground)';
  const width = openShapes.includes(stage) ? 2.2 : 1.6;
  return (
    <path
      d={outlines[stage]}
      fill={openShapes.includes(stage) ? 'none' : fill}
      stroke={stageColour(stage)}
      strokeWidth={width}
      strokeLinejoin="round"
      strokeLinecap="round"
    />
  );
}

/** Shape and hue of a stage; with `named` also its word, else a name for screen readers. */
export function StageMark({
  stage,
  named = false,
  size = 14,
  silent = false,
}: {
  stage: StageName;
  named?: boolean;
  size?: number;
  silent?: boolean;
}) {
  const label = stageLabels[stage];
  const mark = (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      {...(named || silent ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
      style={{ flex: 'none', verticalAlign: 'middle' }}
    >
      <StageShape stage={stage} />
    </svg>
  );
  if (!named) return mark;
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 6, verticalAlign: 'bottom' }}>
      {mark}
      {label}
    </span>
  );
}
