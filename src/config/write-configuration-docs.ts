import { mkdirSync, writeFileSync } from 'node:fs';
import { configurationDocs } from './configuration-docs.js';

mkdirSync('docs', { recursive: true });
writeFileSync('docs/configuration.md', configurationDocs());
