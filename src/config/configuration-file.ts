import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import { ConfigurationError } from './configuration.error.js';

/**
 * Reads the declarative file: YAML, or JSON as its subset. An empty file declares nothing.
 * @throws ConfigurationError when the file cannot be read or is not YAML
 */
export function readConfigurationFile(path: string): unknown {
  const lines = new LineCounter();
  const document = parseDocument(contents(path), { prettyErrors: false, lineCounter: lines });
  // The parser's own messages quote the source, which may hold secrets: say only where and what kind.
  const faults = [...document.errors, ...document.warnings].map(({ code, pos }) => {
    const { line, col } = lines.linePos(pos[0]);
    return `GATEHOUSE_CONFIG: ${path}:${line}:${col}: is not valid YAML or JSON (${code})`;
  });
  if (faults.length > 0) throw new ConfigurationError(faults);
  try {
    return document.toJS() ?? {};
  } catch {
    throw new ConfigurationError([`GATEHOUSE_CONFIG: ${path}: has aliases that cannot be resolved`]);
  }
}

function contents(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code;
    throw new ConfigurationError([
      `GATEHOUSE_CONFIG: cannot read the file ${JSON.stringify(path)} (${reason})`,
    ]);
  }
}
