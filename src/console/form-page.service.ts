import { HttpException, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { VersionConflictError } from '../clients/index.js';
import { OAuthError } from '../common/index.js';
import type { OAuthParameters } from '../common/index.js';
import type { ConsoleFormContext } from '../pages/index.js';
import type { ConsoleRequest } from './console.guard.js';
import { ConsolePages } from './console-pages.service.js';
import { FieldFaultError, controlsOf, isTold } from './fields.js';
import type { FieldGroup } from './fields.js';

/** A form, before it is filled in. */
export interface FormPage extends Pick<
  ConsoleFormContext,
  'title' | 'section' | 'action' | 'submit' | 'cancel'
> {
  readonly groups: readonly FieldGroup[];
  /** The entity tag of what is edited, which travels with the form. */
  readonly version?: string;
}

interface Fault {
  readonly field: string;
  readonly text: string;
}

/** Shows the forms of the console, and shows them again with what is wrong. */
@Injectable()
export class FormPages {
  constructor(private readonly pages: ConsolePages) {}

  show(
    request: ConsoleRequest,
    response: Response,
    { groups, version, ...page }: FormPage,
    values: OAuthParameters,
    { faults = [], status }: { faults?: readonly Fault[]; status?: number } = {},
  ): void {
    const byField = Object.fromEntries(faults.map(({ field, text }) => [field, text]));
    const shown = groups.map((group) => {
      const controls = controlsOf(group, values, byField);
      const { legend, folded = false } = group;
      return { legend, folded, open: controls.some(isTold), controls };
    });
    const fields: Record<string, string> = version === undefined ? {} : { version };
    this.pages.send(request, response, 'console-form', { ...page, fields, groups: shown, faults }, status);
  }

  /** What can be put right in the form comes back in the form, with everything that was typed. */
  async orAgain(
    request: ConsoleRequest,
    response: Response,
    page: FormPage,
    values: OAuthParameters,
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      const fault = faultIn(error, page.groups);
      if (!fault) throw error;
      const version = values['version'];
      const { status, ...one } = fault;
      this.show(request, response, { ...page, version }, values, { faults: [one], status });
    }
  }
}

function faultIn(error: unknown, groups: readonly FieldGroup[]): (Fault & { status: number }) | null {
  if (error instanceof FieldFaultError)
    return { field: error.field, text: sentence(error.message), status: 400 };
  // Filled in again, the form would still be about what was there before.
  if (error instanceof VersionConflictError) return null;
  if (error instanceof OAuthError && error.status < 500) {
    const names = groups.flatMap(({ fields }) => fields.map(({ name }) => name));
    const { parameter = '', description, status } = error;
    return { field: names.includes(parameter) ? parameter : '', text: sentence(description), status };
  }
  if (!(error instanceof HttpException) || error.getStatus() !== 409) return null;
  return { field: '', text: sentence(error.message), status: 409 };
}

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.?$/, '.')}`;
