// A file on its way to the server, with how far it is: `fetch` does not tell.
import { ApiRefusal, newKey, readAnswer, unreachable } from './api.ts';
import { reportReachable } from './connection.ts';

interface Uploading {
  /** A share from 0 to 1. */
  onProgress: (share: number) => void;
  signal: AbortSignal;
  key?: string;
}

/** Sends a file's bytes to `/api/v1` + path, once even when sent twice. Throws ApiRefusal, or what the signal was ended with. */
export async function upload<T>(
  path: string,
  file: Blob,
  { onProgress, signal, key = newKey() }: Uploading,
): Promise<T> {
  signal.throwIfAborted();
  const request = new XMLHttpRequest();
  request.open('POST', `/api/v1${path}`);
  request.setRequestHeader('content-type', 'application/octet-stream');
  request.setRequestHeader('idempotency-key', key);
  request.setRequestHeader('x-servicewright-client', 'ui');
  request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total ? loaded / total : 0));
  const abort = () => request.abort();
  signal.addEventListener('abort', abort);
  try {
    await sent(request, file);
  } finally {
    signal.removeEventListener('abort', abort);
  }
  signal.throwIfAborted();
  reportReachable(request.status !== 0);
  if (request.status === 0) throw new ApiRefusal(0, [unreachable('POST')]);
  const headers = { 'content-type': request.getResponseHeader('content-type') ?? '' };
  return readAnswer<T>(new Response(request.responseText, { status: request.status, headers }));
}

/** Ends when the request has, however. */
const sent = (request: XMLHttpRequest, file: Blob) =>
  new Promise<void>((resolve) => {
    request.addEventListener('loadend', () => resolve());
    request.send(file);
  });
