// What to do instead of an import that the dependency rules refuse.

/** Of a floor of core that imports another. */
export function floorAdvice(own: string, other: string | undefined): string {
  if (other === undefined) return 'say in tools/floors.ts what that folder stands on';
  if (other === 'ui') return `${own} runs without screens: keep what both need in a pure file beside it`;
  return `${own} lies below ${other}: keep the type on the lower floor, or let the caller (or the registry) hand the value in`;
}

/** Of a root folder that imports another. */
export function adviceFor(from: string, to: string): string {
  if (to === 'test' || to === 'tools')
    return 'only tests and tools may use test/ and tools/: move what the program needs into core';
  if (from === 'core') return 'core imports nothing of ours: let the caller hand the value or function in';
  if (from === 'handover') return 'a hand-over knows no stage: keep its type here and let the stage fill it';
  if (to === 'app') return 'app only puts the parts together: let it hand in what you need';
  return 'stages meet only by a hand-over, a requirement, a header in core.record or a fact in handover/facts/: use one of these';
}
