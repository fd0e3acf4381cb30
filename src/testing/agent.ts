import { encoded, send } from './http.js';
import type { HttpAnswer, HttpRequest, Parameters } from './http.js';

/** What an agent sends: a form or JSON, and an access token. */
export interface AgentRequest extends Pick<HttpRequest, 'method' | 'headers'> {
  /** Sent as `Authorization: Bearer`. */
  readonly token?: string;
  readonly form?: Parameters;
  readonly json?: unknown;
}

/** Calls the application over HTTP, as a program would: without cookies, and without following redirects. */
export class Agent {
  /** @param url the origin of the application */
  constructor(private readonly url: string) {}

  /** @param path from the root of the application, query included */
  get(path: string, request?: AgentRequest): Promise<HttpAnswer> {
    return this.request(path, { ...request, method: 'GET' });
  }

  post(path: string, request?: AgentRequest): Promise<HttpAnswer> {
    return this.request(path, { ...request, method: 'POST' });
  }

  /** With any other method. */
  request(path: string, { method, token, headers, form, json }: AgentRequest): Promise<HttpAnswer> {
    const isJson = json !== undefined;
    const body = isJson ? Buffer.from(JSON.stringify(json)) : form && encoded(form);
    const own = {
      authorization: token && `Bearer ${token}`,
      'content-type': isJson ? 'application/json' : undefined,
    };
    return send(this.url + path, { method, body, headers: { ...own, ...headers } });
  }
}
