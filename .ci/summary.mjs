// One line for whoever reads only the end: the sum of all the runs of this check.
import { readFileSync, readdirSync } from 'node:fs';

const reports = readdirSync('.ci/reports')
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(`.ci/reports/${name}`, 'utf8')));
const sum = (field) => reports.reduce((total, report) => total + report[field], 0);
console.log(
  `${sum('numPassedTests')} passed, ${sum('numFailedTests')} failed, ${sum('numPendingTests')} skipped`,
);
