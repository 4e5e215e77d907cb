// What a gate stays closed without, stated by whom it asks: for tests that are about something else.
import { roles } from '../../handover/roles.ts';
import type { Body, Client, Supply } from './client.ts';

/** States each mandatory piece that is missing, in the first role that is asked for it. */
export const supplied =
  (stating: (role: string, customer: string | null) => Promise<Client>): Supply =>
  async ({ gate, subject, inState, expectedEvidence }: Body) => {
    const lacking: Body[] = inState ? expectedEvidence.filter((each: Body) => each.mandatory && !each.given) : [];
    for (const { title, roles: asked } of lacking) {
      const [role] = asked as string[];
      if (role === undefined) throw new Error(`${gate} asks nobody for ${title}`);
      const by = await stating(role, roles.get(role)?.side === 'B' ? subject.customers[0] : null);
      const body = { gate, title, role, statement: 'It was done as it should be.' };
      const answer = await by.post(`/records/${subject.id}/attestations`, body);
      if (answer.status !== 201) throw new Error(`${title} at ${gate}: ${JSON.stringify(answer.body)}`);
    }
  };
