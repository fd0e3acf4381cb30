import { request as requestHttp } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { FetchError } from './fetch-error.js';

/** One request over a connection of its own. */
export interface Exchange {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: OutgoingHttpHeaders;
  readonly body?: string;
  readonly lookup: LookupFunction;
  /** Whether a certificate that nobody vouches for ends it. */
  readonly rejectUnauthorized: boolean;
  readonly signal: AbortSignal;
  /** Of the answer's body. */
  readonly maximumBytes: number;
}

/** An answer, whatever its status. A redirect is an answer like any other: it is not followed. */
export interface Fetched {
  readonly status: number;
  /** The media type, lower case and without parameters; empty when there is none. */
  readonly contentType: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export async function exchange({ url, body, maximumBytes, ...rest }: Exchange): Promise<Fetched> {
  const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = url.protocol === 'https:' ? requestHttps : requestHttp;
    // What is said of certificates keeps NODE_TLS_REJECT_UNAUTHORIZED=0 out; NODE_EXTRA_CA_CERTS counts.
    const outgoing = request(url, { ...rest, agent: false });
    outgoing.on('error', reject).on('response', resolve).end(body);
  });
  const { statusCode: status = 0, headers } = incoming;
  const contentType = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  return { status, contentType, headers, body: await bodyOf(incoming, maximumBytes) };
}

async function bodyOf(incoming: IncomingMessage, maximumBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop destroys the stream and its connection.
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    // `identity` was asked for, and what is not read unpacked cannot be a bomb.
    if ((incoming.headers['content-encoding'] ?? 'identity') !== 'identity') throw new FetchError('encoded');
    size += chunk.length;
    if (size > maximumBytes) throw new FetchError('too-large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
