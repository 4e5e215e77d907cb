import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

/** What is remembered of who called lately: more than call at once, and little enough to keep. */
const most = 20_000;

/**
 * By what a call is counted: a credential that held when it was last looked at has a count of its own; who has none, or invents
 * one, is counted by address. An invented one must open no count, or each call would bring a fresh one along.
 */
export function countedCallers(credentialOf: (request: FastifyRequest) => string | undefined) {
  const held = new Set<string>();
  const nameOf = (request: FastifyRequest): string | undefined => {
    const credential = credentialOf(request);
    return credential && createHash('sha256').update(credential).digest('base64url');
  };
  return {
    keyOf: (request: FastifyRequest): string => {
      const name = nameOf(request);
      return name && held.has(name) ? name : request.ip;
    },
    isKnown: (key: string): boolean => held.has(key),
    /** Told of each credential that was looked at. */
    looked: (request: FastifyRequest, holds: boolean): void => {
      const name = nameOf(request);
      if (!name) return;
      held.delete(name);
      if (!holds) return;
      held.add(name); // the last in order
      const [oldest] = held;
      if (held.size > most && oldest) held.delete(oldest);
    },
  };
}
