// A clock's course as a bar: stretches by their real length, and where the due instant lies. Pure.

export type StretchKind = 'working' | 'outside_hours' | 'paused';

export interface Stretch {
  from: string;
  to: string;
  kind: StretchKind;
  reason: string | null;
  minutes: number;
  words: string;
}

export interface BarPart {
  kind: StretchKind;
  /** Share of the whole bar, of 100. */
  left: number;
  width: number;
  words: string;
}

export interface Bar {
  parts: BarPart[];
  /** Where the due instant lies, of 100; null when there is none. */
  due: number | null;
}

/** Lays a course out; the bar reaches to the due instant when that is still to come. Null for a clock that has not run. */
export function layoutBar(course: readonly Stretch[], dueAt: string | null): Bar | null {
  const [first, last] = [course[0], course.at(-1)];
  if (!first || !last) return null;
  const start = Date.parse(first.from);
  const due = dueAt === null ? null : Date.parse(dueAt);
  const end = Math.max(Date.parse(last.to), due ?? 0);
  if (end <= start) return null;
  const place = (at: number) => ((at - start) / (end - start)) * 100;
  return {
    parts: course.map(({ from, to, kind, words }) => ({
      kind,
      words,
      left: place(Date.parse(from)),
      width: place(Date.parse(to)) - place(Date.parse(from)),
    })),
    due: due === null || due < start ? null : place(due),
  };
}

/** Minutes by kind of stretch, and of pauses by what was waited for. */
export function sums(course: readonly Stretch[]): { kind: StretchKind; reason: string | null; minutes: number }[] {
  const found = new Map<string, { kind: StretchKind; reason: string | null; minutes: number }>();
  for (const { kind, reason, minutes } of course) {
    const waited = kind === 'paused' ? reason : null;
    const sum = found.get(`${kind} ${waited}`) ?? { kind, reason: waited, minutes: 0 };
    found.set(`${kind} ${waited}`, { ...sum, minutes: sum.minutes + minutes });
  }
  return [...found.values()];
}
