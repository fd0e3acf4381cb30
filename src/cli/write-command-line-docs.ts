import { mkdirSync, writeFileSync } from 'node:fs';
import { commandLineDocs } from './command-line-docs.js';

mkdirSync('docs', { recursive: true });
writeFileSync('docs/command-line.md', commandLineDocs());
