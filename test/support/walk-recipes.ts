// What a walk needs that no lifecycle says: a way of its own, and what a move wants beside its asked fields. How records begin
// stands in walk-creations.ts.
import { create } from '../../core/record/edit/create.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import type { Client } from './client.ts';
import type { Scene } from './exploration.ts';
import { agreedRequirement } from './thread.ts';
import { castOf, creations, findings, measured, points } from './walk-creations.ts';

/** What went wrong leads to an improvement. */
async function followedUp(scene: Scene, change: string): Promise<unknown> {
  const improvement = (await creations['improvement']?.(scene)) ?? '';
  return scene.provider.post('/links', { type: 'relatesTo', from: change, to: improvement });
}

/** A change whose risk asks for another authority. */
async function raisedTo({ provider }: Scene, change: string, risk: object): Promise<unknown> {
  const { version } = (await provider.get(`/changes/${change}`)).body.record;
  return provider.patch(`/changes/${change}`, { expectedVersion: version, ...risk });
}

export const recipes: {
  /** A way that is not the shortest, where only it leads there. */
  path: Readonly<Record<string, readonly string[]>>;
  /** Somebody else than anyone with the role. */
  by: Readonly<Record<string, (scene: Scene) => Pick<Client, 'move'>>>;
  before: Readonly<Record<string, (scene: Scene, id: string) => Promise<unknown>>>;
  values: Readonly<Record<string, (scene: Scene) => Promise<object>>>;
  /** On another day than that of the walks. */
  on: Readonly<Record<string, string>>;
  decision: Readonly<Record<string, object>>;
} = {
  path: {
    'release built': [],
    'problem accepted_unresolved': [
      'log',
      'prioritise',
      'investigate',
      'establish-cause',
      'propose-acceptance',
      'accept-unresolved',
    ],
    'business-requirement not_satisfied': ['deliver', 'miss'],
    'change closed_failed_backed_out': [
      'submit',
      'assess',
      'authorise-build',
      'start-build',
      'pass-tests',
      'authorise-deployment',
      'schedule',
      'start',
      'back-out',
      'review',
      'close-backed-out',
    ],
  },
  by: {
    'outcome-measurement correct': ({ cast }) => cast.owner,
    'business-requirement satisfy': ({ cast }) => cast.owner,
  },
  before: {
    'business-requirement supersede': async (scene, id) => {
      await agreedRequirement(castOf(scene), {}, [{ type: 'motivates', from: id }]);
    },
    'business-requirement satisfy': async ({ cast }, id) => {
      const { links }: { links: { type: string; other: { id: string } }[] } = await cast.owner.get(
        `/business-requirements/${id}`,
      );
      for (const { other } of links.filter(({ type }) => type === 'expects'))
        for (const day of ['08', '11', '14'])
          await cast.owner.create('outcome-measurements', measured(other.id, `2016-02-${day}`));
    },
    'improvement confirm': (scene, id) =>
      scene.provider.move('improvements', id, 'compare', { afterSeries: points([3, 6, 4, 5, 2, 7]) }),
    'problem propose-resolution': async (scene, id) => {
      const change = await scene.asSystem(async (work) => {
        const title = 'Implemented';
        const record = serverRecord(scene.app.application.registry, 'change');
        return (await create(work, record, { title }, { byCommand: true, state: 'closed_successful' })).id;
      });
      await scene.provider.post('/links', { type: 'resolvedBy', from: id, to: change });
    },
    'change close-fixed-forward': followedUp,
    'change close-partial': followedUp,
    'change close-backed-out': followedUp,
    'service-version retire': async (scene, id) => {
      const { state } = (await scene.provider.get(`/service-versions/${id}`)).body.record;
      if (state === 'live_restricted') await scene.bySystem('service-version', id, 'lift');
      await scene.provider.move('service-versions', id, 'plan-retirement', {
        retirementPlan: 'Move everybody.',
        retireOn: '2016-01-31',
      });
    },
    // What runs for it ends first: its agreement, and the components that only it needs.
    'service-version complete-retirement': async (scene, id) => {
      const blocked = (await scene.provider.get(`/gates/P11/${id}`)).body.closedBecause;
      for (const { code, sentence } of blocked) {
        const [ref] = sentence.split(' ');
        const reason = 'It is gone.';
        if (code === 'portfolio.agreement-in-force') {
          await scene.business.move('agreements', ref, 'review', { reason });
          await scene.business.move('agreements', ref, 'terminate', { reason });
        }
        if (code !== 'portfolio.component-in-service') continue;
        const { state } = (await scene.provider.get(`/components/${ref}`)).body.record;
        if (state === 'in_service') await scene.provider.move('components', ref, 'deprecate', { reason });
        await scene.provider.move('components', ref, 'withdraw', { reason });
      }
    },
    'change ask-business': (scene, id) => raisedTo(scene, id, { touchesAgreement: true }),
    'change ask-board': (scene, id) => raisedTo(scene, id, { touchesAgreement: false, impact: 3, likelihood: 3 }),
    'change authorise-deployment': (scene, id) =>
      scene.provider.move('changes', id, 'propose-window', {
        windowFrom: '2016-02-27T11:00:00.000Z',
        windowTo: '2016-02-27T20:00:00.000Z',
        windowZone: 'America/Sao_Paulo',
        backOutLatest: '2016-02-27T18:00:00.000Z',
        reviewCriteria: 'Calls are taken.',
      }),
  },
  values: {
    'service-package-hand-over return': async () => ({ findings }),
    'requirement-back return': async () => ({ findings }),
    'service-performance return': async () => ({ findings }),
    'known-error retire': async () => ({ reasonCode: 'versions_gone' }),
    'problem cancel': async () => ({ reasonCode: 'no_fault' }),
    'problem establish-cause': async () => ({
      causes: [{ statement: 'The pool is too small.', shownBy: 'The log of the pool' }],
      contributingFactors: [{ factor: 'Nobody asked how many there would be.', area: 'design' }],
    }),
    'improvement done': async () => ({ implementedOn: '2016-02-20' }),
    'improvement compare': async () => ({
      afterSeries: points([3, 6, 4, 5, 2, 7]),
    }),
  },
  on: {
    'improvement justify': '2016-02-18T12:00:00.000Z',
    'criterion-waiver expire': '2017-01-15T12:00:00.000Z',
  },
  decision: {
    'improvement return-justification': { findings },
  },
};
