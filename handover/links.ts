// The trace links of the value thread: what joins what, and how each end is called.
import type { LinkEnd, LinkType } from '../core/record/define/link.ts';
import { handOverKinds } from './hand-overs.ts';
import { inUse } from './in-use.ts';

const link = (
  type: string,
  label: string,
  inverse: string,
  from: readonly string[],
  to: readonly string[],
  inThread?: LinkType['inThread'],
): LinkType => ({ type, label, inverse, from, to, ...(inThread ? { inThread } : {}) });
const against = (of: LinkType): LinkType => ({ ...of, against: true });
const kept = (of: LinkType): LinkType => ({ ...of, kept: true });
const held = (of: LinkType, ...heldBy: LinkEnd[]): LinkType => ({ ...of, heldBy });
const answering = (of: LinkType, answersFor: LinkEnd): LinkType => ({ ...of, answersFor });
const many = (of: LinkType): LinkType => ({ ...of, many: true });
const any = ['*'] as const;
const handOverTypes = handOverKinds.map(({ type }) => type);
const handedOverTypes = [...new Set(handOverKinds.map(({ subject }) => subject))];

export const links: readonly LinkType[] = [
  held(link('motivates', 'motivates', 'motivated by', any, ['business-requirement']), 'to'),
  kept(link('expects', 'expects', 'expected by', ['business-requirement'], ['outcome'])),
  kept(link('amends', 'amends', 'amended by', ['outcome-amendment'], ['outcome'], 'never')),
  answering(
    held(link('packagedIn', 'packaged in', 'packages', ['business-requirement'], ['service-package']), 'to'),
    'to',
  ),
  kept(against(link('promises', 'promises', 'promised by', ['service-package'], ['outcome']))),
  kept(link('proposes', 'proposes', 'proposed by', ['service-package'], ['service-version'])),
  kept(link('specifiedBy', 'specified by', 'specifies', ['service-package'], ['design-package'])),
  kept(link('realisedBy', 'realised by', 'realises', ['design-package'], ['component'])),
  held(against(link('contains', 'contains', 'contained in', ['release'], ['component'])), 'from'),
  kept(link('builds', 'built in', 'builds', ['design-package'], ['release'])),
  answering(
    held(
      link('authorisedBy', 'authorised by', 'authorises', ['release', 'design-package', 'component'], ['change']),
      'from',
      'to',
    ),
    'to',
  ),
  kept(link('delivers', 'delivers', 'delivered by', ['release'], ['service-version'])),
  kept(link('versionOf', 'version of', 'has version', ['service-version'], ['service'])),
  kept(link('subscribedBy', 'subscribed by', 'subscribes to', ['service-version'], ['subscription'])),
  kept(link('supportedIn', 'supported in', 'supports', ['service-version', 'release'], ['early-life-support'])),
  kept(link('governedBy', 'governed by', 'governs', ['subscription', 'service'], ['agreement'])),
  kept(
    link(
      'waives',
      'waives a criterion of',
      'has waived',
      ['criterion-waiver'],
      ['release', 'early-life-support'],
      'never',
    ),
  ),
  link('excepts', 'lets through', 'let through by', ['freeze'], ['change'], 'never'),
  { ...link('affected', 'affected', 'affected by', ['incident'], ['service', 'component'], 'never'), toWhileIn: inUse },
  many(link('causedBy', 'caused by', 'caused', ['incident'], ['problem'], 'never')),
  many(kept(link('workedAroundBy', 'worked around by', 'worked around', ['incident'], ['known-error'], 'never'))),
  many(kept(link('notHelpedBy', 'not helped by', 'did not help', ['incident'], ['known-error'], 'never'))),
  kept(link('knownErrorOf', 'known error of', 'known error', ['known-error'], ['problem'], 'never')),
  link('resolvedBy', 'resolved by', 'resolves', ['problem'], ['change', 'improvement'], 'never'),
  kept(against(link('attains', 'measured in', 'attains', ['outcome-measurement'], ['service-version'], 'between'))),
  kept(link('observed', 'measured by', 'measures', ['outcome'], ['outcome-measurement'], 'newest')),
  held(against(link('improves', 'improves', 'improved by', ['improvement'], any)), 'from'),
  held(link('feeds', 'feeds', 'fed by', ['improvement'], ['business-requirement', 'design-package', 'change']), 'to'),
  // Of a hand-over its editions pile up beside the thread: they are read on the page of what they hand over.
  kept(link('handsOver', 'hands over', 'handed over by', handOverTypes, handedOverTypes, 'never')),
  kept(link('relieves', 'relieves', 'relieved by', ['service-release-hand-over'], ['early-life-support'], 'never')),
  link('relatesTo', 'relates to', 'relates to', any, any, 'never'),
];
