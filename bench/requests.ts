/** Requests as text, made once and sent many times. */

type Headers = Readonly<Record<string, string>>;

const lines = (headers: Headers): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');

export const get = (path: string, headers: Headers = {}): string =>
  `GET ${path} HTTP/1.1\r\nHost: gatehouse\r\n${lines(headers)}\r\n`;

export function post(path: string, form: Readonly<Record<string, string>>, headers: Headers = {}): string {
  const body = new URLSearchParams(form).toString();
  const type = 'Content-Type: application/x-www-form-urlencoded';
  return `POST ${path} HTTP/1.1\r\nHost: gatehouse\r\n${type}\r\nContent-Length: ${body.length}\r\n${lines(headers)}\r\n${body}`;
}

/** HTTP Basic for a client of gatehouse.yaml. */
export const basic = (clientId: string): Headers => ({
  Authorization: `Basic ${Buffer.from(`${clientId}:${clientId}-secret`).toString('base64')}`,
});

export const bearer = (token: string): Headers => ({ Authorization: `Bearer ${token}` });
