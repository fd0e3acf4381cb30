/** RFC 3986 Appendix B, with the authority taken apart; text against text, because that is how URIs are compared. */
const URI =
  /^(?<scheme>[^:/?#]+:)?(?:\/\/(?<user>[^/?#@]*@)?(?<host>\[[^\]]*\]|[^/?#:]*)(?<port>:[^/?#]*)?)?(?<path>[^?#]*)(?<query>\?[^#]*)?(?<fragment>#.*)?$/s;

/** What can differ, and how far apart it makes two addresses. */
const WEIGHTS = {
  scheme: 2,
  'user name': 8,
  host: 8,
  port: 1,
  path: 4,
  'trailing slash': 1,
  'letter case': 1,
  query: 2,
  fragment: 2,
} as const;

type Difference = keyof typeof WEIGHTS;

/**
 * Names what keeps a requested redirect URI from being the closest of those registered, in one sentence.
 * @see RFC 9700 §2.1: they are compared as text, so each of these differences counts
 */
export function explainRedirectUri(requested: string, registered: readonly string[]): string {
  const [closest] = registered
    .map((uri) => ({ uri, differences: differencesOf(requested, uri) }))
    .sort((one, other) => distance(one.differences) - distance(other.differences));
  if (!closest) return `requested ${requested} — no redirect URI is registered`;
  const { uri, differences } = closest;
  // Somebody has registered it since: what was refused then is allowed now.
  if (differences.length === 0) return `requested ${requested} — registered by now`;
  return `requested ${requested} — registered ${uri} — differs: ${differences.join(', ')}`;
}

function differencesOf(requested: string, registered: string): Difference[] {
  const [one, other] = [partsOf(requested), partsOf(registered)];
  const found = [
    ...partDifferences('scheme', one.scheme, other.scheme),
    ...partDifferences('user name', one.user, other.user),
    ...partDifferences('host', one.host, other.host),
    ...partDifferences('port', one.port, other.port),
    ...pathDifferences(one.path, other.path),
    ...partDifferences('query', one.query, other.query),
    ...partDifferences('fragment', one.fragment, other.fragment),
  ];
  return [...new Set(found)];
}

function partDifferences(name: Difference, one = '', other = ''): Difference[] {
  if (one === other) return [];
  return one.toLowerCase() === other.toLowerCase() ? ['letter case'] : [name];
}

function pathDifferences(one = '', other = ''): Difference[] {
  const rest = partDifferences('path', withoutSlash(one), withoutSlash(other));
  return one.endsWith('/') === other.endsWith('/') ? rest : [...rest, 'trailing slash'];
}

const partsOf = (uri: string): Partial<Record<string, string>> => URI.exec(uri)?.groups ?? {};

const withoutSlash = (path: string): string => path.replace(/\/$/, '');

const distance = (differences: readonly Difference[]): number =>
  differences.reduce((sum, difference) => sum + WEIGHTS[difference], 0);
