import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';

export type Parameters = Readonly<Record<string, string | undefined>>;

export interface HttpRequest {
  readonly method?: string;
  /** An array sends the header once for each of its values. */
  readonly headers?: Readonly<Record<string, string | string[] | undefined>>;
  /** Parameters are sent as a form; text and bytes exactly as they are. */
  readonly body?: Parameters | string | Buffer;
}

/** An answer of the server, redirects not followed. */
export class HttpAnswer {
  constructor(
    readonly url: string,
    readonly status: number,
    readonly headers: IncomingHttpHeaders,
    readonly body: string,
  ) {}

  /** The JSON body; a test names what it expects in it. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  get json(): any {
    return JSON.parse(this.body);
  }

  /** Where a redirect leads, absolute. */
  get location(): URL | null {
    return this.headers.location === undefined ? null : new URL(this.headers.location, this.url);
  }
}

/**
 * Sends one request over a connection of its own, byte for byte as it is told.
 * @param origin who answers for the address, where that is not its own host
 */
export function send(
  url: string,
  { method, headers, body }: HttpRequest = {},
  origin: string = new URL(url).origin,
): Promise<HttpAnswer> {
  const content = contentOf(body);
  const sent = {
    host: new URL(url).host,
    ...(content && { 'content-length': String(content.length) }),
    ...(isForm(body) && { 'content-type': 'application/x-www-form-urlencoded' }),
    ...withoutUndefined(headers ?? {}),
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(
      origin,
      { path: pathOf(url), method, headers: sent, agent: false },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve(new HttpAnswer(url, incoming.statusCode!, incoming.headers, text));
        });
      },
    );
    outgoing.on('error', reject).end(content);
  });
}

/** The parameters that have a value, as a query or form. */
export const encoded = (parameters: Parameters): string =>
  new URLSearchParams(withoutUndefined(parameters)).toString();

const isForm = (body: HttpRequest['body']): body is Parameters | string =>
  body !== undefined && !Buffer.isBuffer(body);

function contentOf(body: HttpRequest['body']): Buffer | undefined {
  if (body === undefined || Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : encoded(body));
}

// Not through URL: it would normalise the very thing that a test may be about.
const pathOf = (url: string): string => /^https?:\/\/[^/?]+([^#]*)/.exec(url)?.[1] || '/';

const withoutUndefined = <T>(values: Readonly<Record<string, T | undefined>>): Record<string, T> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, T] => entry[1] !== undefined));
