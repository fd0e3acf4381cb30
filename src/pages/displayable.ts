/** Values that travel through a form and are not read by people: a changed character would break them. */
const EXACT_KEYS: ReadonlySet<string> = new Set(['csrf', 'interaction', 'returnTo', 'fields', 'action']);

/** Controls, lone surrogates, bidi overrides and what has no width, but line ends, tabs and emoji style. */
const DECEPTIVE = /(?![\n\t\ufe0e\ufe0f])[\p{Cc}\p{Cs}\p{Cf}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu;

const SCHEMES_OF_LINKS = /^(?:https?|[a-z][a-z0-9+-]*\.[a-z0-9+.-]+):/i;
const SCHEMES_OF_CLIENT_LINKS = /^https?:/i;
const SCHEMES_OF_IMAGES = /^(?:https?:|data:image\/)/i;

/** The text without characters that hide, reorder or overwrite their neighbours. */
export function displayableText(text: string): string {
  return text.replace(DECEPTIVE, '');
}

/** A copy of a page's context in which every string may be shown, and every link may be followed. */
export function displayable<T extends object>(context: T): T {
  const entries = Object.entries(context) as [string, unknown][];
  return Object.fromEntries(
    entries.map(([key, value]) => [key, EXACT_KEYS.has(key) ? value : displayableValue(value, key)]),
  ) as T;
}

function displayableValue(value: unknown, key: string): unknown {
  if (typeof value === 'string') return displayableString(value, key);
  if (Array.isArray(value)) return value.map((item) => displayableValue(item, key));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, displayableValue(inner, name)]),
  );
}

function displayableString(value: string, key: string): string | undefined {
  const text = displayableText(value);
  const schemes = schemesOf(key);
  return !schemes || schemes.test(text) ? text : undefined;
}

/** RFC 7591 §5: what a client says of itself is untrusted, so no link of it may run a script. */
function schemesOf(key: string): RegExp | undefined {
  if (key === 'continueTo') return SCHEMES_OF_LINKS;
  if (key === 'logoUri') return SCHEMES_OF_IMAGES;
  return key === 'frames' || key.endsWith('Uri') ? SCHEMES_OF_CLIENT_LINKS : undefined;
}
