// How an organisation that lost its administrator comes by another: its own people name one, two of them; where fewer are left,
// two of the provider announce one, and whoever is left may stop it.
import { instant, person } from '../record/define/fields.ts';

/** For so long an announcement stands before anything comes of it; for so long, too, may it come about then. */
export const noticeDays = 14;

export const succession = {
  successor: person({ label: 'Proposed as administrator', derived: true }),
  successorBy: person({ label: 'Proposed by', derived: true }),
  successorAgreedBy: person({ label: 'Confirmed by', derived: true }),
  announced: person({ label: 'Announced as administrator', derived: true }),
  announcedBy: person({ label: 'Announced by', derived: true }),
  announcedWith: person({ label: 'Announced with', derived: true }),
  announcedUntil: instant({ label: 'May come from', derived: true }),
} as const;

const inIts = { from: ['active'], to: 'same', reason: true } as const;

/** Nobody is announced. */
export const notAnnounced = { announced: null, announcedBy: null, announcedWith: null, announcedUntil: null } as const;

export const successionMoves = {
  'propose-administrator': {
    ...inIts,
    label: 'Propose an administrator',
    who: ['*'],
    asks: ['successor'],
    sets: { successorBy: 'actor', successorAgreedBy: null },
    rules: ['named-by-its-own', 'handed-on-within-the-key'],
  },
  'confirm-administrator': {
    ...inIts,
    label: 'Confirm the administrator',
    who: ['*'],
    // What was announced has lost its occasion, for good.
    sets: { successorAgreedBy: 'actor', ...notAnnounced },
    rules: ['named-by-a-second', 'handed-on-within-the-key'],
  },
  'announce-administrator': {
    ...inIts,
    label: 'Announce an administrator',
    who: ['ADM'],
    asks: ['announced'],
    sets: { announcedBy: 'actor', announcedWith: null, announcedUntil: null },
    rules: ['announced-where-few-are-left', 'handed-on-within-the-key'],
  },
  'second-announcement': {
    ...inIts,
    label: 'Announce it with them',
    who: ['ADM'],
    sets: { announcedWith: 'actor' },
    rules: ['announced-by-two', 'handed-on-within-the-key'],
  },
  'stop-announcement': {
    ...inIts,
    label: 'Stop the announcement',
    who: ['*'],
    sets: notAnnounced,
    rules: ['stopped-by-any-of-them'],
  },
} as const;
