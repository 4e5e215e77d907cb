// The shapes of the API's answers as the screens read them: types of the very schemas by which the server answers.
import type { z } from 'zod';
import type { journalSchema, lineageDecisionsSchema, meSchema, threadSchema } from '../http/common-views.ts';
import type { changedSchema, conditionsSchema, gateSchema, waitingSchema } from '../http/gate-views.ts';
import type { sharesSchema, waitingSharesSchema } from '../http/share-views.ts';
import type { anyList, anyRead, headerSchema, itemView } from '../http/views.ts';

export type Header = z.infer<typeof headerSchema>;
export type Names = Readonly<Record<string, string>>;

export type RecordRead = z.infer<typeof anyRead>;
export type ListReply = z.infer<typeof anyList>;
/** A record as lists hold it, too. */
export type RecordView = ListReply['items'][number];
export type MoveView = RecordRead['moves'][number];
export type LinkView = RecordRead['links'][number];
export type ItemView = z.infer<typeof itemView>;
export type DecisionView = RecordRead['decisions'][number];
export type DecisionOutcome = DecisionView['outcome'];
export type Condition = RecordRead['conditions'][number];

export type Me = z.infer<typeof meSchema>;
export type JournalReply = z.infer<typeof journalSchema>;
export type JournalEntry = JournalReply['items'][number];

/** `weakest` is an edge's id; `truncated` where the thread is longer than one answer. */
export type Thread = z.infer<typeof threadSchema>;
export type ThreadNode = Thread['nodes'][number];
export type ThreadEdge = Thread['edges'][number];

export type LineageDecision = z.infer<typeof lineageDecisionsSchema>['items'][number];

export type WaitingReply = z.infer<typeof waitingSchema>;
export type ChangedReply = z.infer<typeof changedSchema>;
export type ConditionsReply = z.infer<typeof conditionsSchema>;
export type OwedCondition = ConditionsReply['items'][number];
export type WaitingDecision = WaitingReply['items'][number];

export type Shares = z.infer<typeof sharesSchema>;
export type WaitingShares = z.infer<typeof waitingSharesSchema>;
export type ShareView = Shares['items'][number];

export type GateView = z.infer<typeof gateSchema>;
export type EvidencePiece = GateView['evidence'][number];
export type PolicyResult = GateView['policies'][number];
