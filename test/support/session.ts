import { createHmac } from 'node:crypto';
import { hashOf } from '../../core/permission/resolve.ts';
import { testSecret } from './application.ts';

/** What stands in the database of a session, and the cookie that a browser has of it. */
export const sessionOfToken = (token: string) => ({
  stored: hashOf(token),
  cookie: `servicewright.session_token=${encodeURIComponent(`${token}.${createHmac('sha256', testSecret).update(token).digest('base64')}`)}`,
});
