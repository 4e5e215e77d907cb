/** How much is asked for before something goes on. */
export type Profile = 'light' | 'standard' | 'regulated';

const rank: ReadonlyMap<Profile, number> = new Map([
  ['light', 0],
  ['standard', 1],
  ['regulated', 2],
]);

/** How strictly a record is handled that says nothing of it. */
const usual: Profile = 'standard';

/** Whether a profile asks for what is asked for from another on. */
export const isAtLeast = (profile: Profile | null, least: Profile): boolean =>
  (rank.get(profile ?? usual) ?? 0) >= (rank.get(least) ?? 0);
