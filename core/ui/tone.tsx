// States never show by colour alone: every tone has its own icon, and the word always stands beside it.
import {
  IconAlertTriangle,
  IconCircle,
  IconCircleCheck,
  IconCircleDot,
  IconHelpCircle,
  IconHexagonMinus,
} from '@tabler/icons-react';
import type { Lifecycle, Tone } from '../lifecycle/lifecycle.ts';
import { inWords } from './format.ts';
import styles from './tone.module.css';
import { lookup } from '../names/lookup.ts';

const icons = lookup({
  neutral: IconCircle,
  running: IconCircleDot,
  good: IconCircleCheck,
  attention: IconAlertTriangle,
  bad: IconHexagonMinus,
  unknown: IconHelpCircle,
} as const);

export function ToneIcon({ tone, size = 14 }: { tone: Tone; size?: number }) {
  const Icon = icons[tone];
  return <Icon size={size} stroke={2} aria-hidden className={styles[tone]} style={{ flex: 'none' }} />;
}

/** Icon and word, in the tone's colour; `boxed` gives it a soft ground. */
export function ToneWord({
  tone,
  word,
  boxed = false,
  title,
}: {
  tone: Tone;
  word: string;
  boxed?: boolean;
  title?: string | undefined;
}) {
  return (
    <span className={`${styles.word} ${styles[tone]} ${boxed ? styles.boxed : ''}`} data-tone={tone} title={title}>
      <ToneIcon tone={tone} />
      <span>{word}</span>
    </span>
  );
}

/** A record's state as its lifecycle names it; a state the lifecycle no longer knows shows as unknown. */
export function StateWord({
  lifecycle,
  state,
  boxed = false,
}: {
  lifecycle: Lifecycle | undefined;
  state: string;
  boxed?: boolean;
}) {
  const known = lifecycle?.states[state];
  return <ToneWord tone={known?.tone ?? 'unknown'} word={known?.label ?? inWords(state)} boxed={boxed} />;
}
