// What people state for a gate, and take back.
import { z } from 'zod';
import { idText, instantText } from '../names/forms.ts';
import { attest } from '../decision/attest.ts';
import { takeBackStatement } from '../decision/take-back-statement.ts';
import { endpoint } from './endpoint.ts';
import type { Endpoint } from './endpoint.ts';
import { attestationSchema, recordParams } from './views.ts';

const tag = 'Decisions';
const text = z.string().trim().min(1).max(4000);

export const evidenceEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/records/{id}/attestations',
    operationId: 'record.attest',
    refusals: [
      'attest.file',
      'attest.gate',
      'attest.not-asked',
      'file.gone-evidence',
      'file.internal-evidence',
      'permission.role',
      'separation.sd10',
    ],
    tag,
    status: 201,
    summary: 'Attest evidence for a gate, in your own name and role',
    description:
      'States in your own name and role that something was shown, with a file by its hash where there is one. It is evidence at the gate you name, which takes the word of the roles that it asks, and replaces what the same role stated there under that title. Answers with the attestation.',
    params: recordParams,
    idempotent: true,
    body: z.strictObject({
      gate: z
        .string()
        .regex(/^[A-Z]\d{1,2}$/)
        .nullable()
        .optional(),
      role: z.string().max(20).optional().describe('In which of your roles; by default the first that counts here'),
      title: z.string().trim().min(1).max(200),
      statement: text,
      failed: z.boolean().optional(),
      fileName: z.string().max(200).optional(),
      fileHash: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .optional(),
      file: idText.optional().describe('A public file of the record, instead of the hash of one that lies elsewhere'),
      expiresAt: instantText.optional(),
    }),
    response: attestationSchema,
    handle: async ({ application, caller, params: { id }, body }) => attest(application, caller, id, body),
  }),
  endpoint({
    method: 'POST',
    path: '/attestations/{id}/withdraw',
    operationId: 'attestation.withdraw',
    refusals: ['attest.not-yours', 'attest.replaced', 'separation.sd10'],
    tag,
    status: 201,
    idempotent: true,
    summary: 'Take back what was attested, with the reason',
    description:
      'Takes back an attestation that stands, in the role in which it was made. What it said is missing from then on, and nothing older stands instead. Both sides read the reason; answers with the statement that takes it back.',
    params: z.object({ id: idText }),
    body: z.strictObject({ reason: text }),
    response: attestationSchema,
    handle: async ({ application, caller, params: { id }, body }) =>
      takeBackStatement(application, caller, id, body.reason),
  }),
];
