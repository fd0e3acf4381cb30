const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g;

/**
 * Whether an object in this valid JSON has a name twice, where JSON.parse would silently take the last.
 * @see RFC 7515 §4, RFC 7519 §4
 */
export function hasRepeatedNames(json: string): boolean {
  const scopes: Set<string>[] = [];
  let text = '';
  for (const [token] of json.matchAll(TOKEN)) {
    if (token === '{' || token === '[') scopes.push(new Set());
    else if (token === '}' || token === ']') scopes.pop();
    else if (token === ':') {
      const names = scopes.at(-1)!;
      const name = JSON.parse(text) as string;
      if (names.has(name)) return true;
      names.add(name);
    } else text = token;
  }
  return false;
}
