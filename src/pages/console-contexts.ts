import type { SignedInUser } from './page-contexts.js';

/** The parts of the administration console, each below /admin. */
export type ConsoleSection =
  | 'overview'
  | 'clients'
  | 'users'
  | 'scopes'
  | 'resources'
  | 'authorizations'
  | 'sign-outs'
  | 'keys'
  | 'audit';

/** Every page of the console. */
export interface ConsolePageContext {
  readonly csrf: string;
  readonly user: SignedInUser;
  readonly title: string;
  readonly section: ConsoleSection;
  readonly notice?: string;
  /** The pages above this one. */
  readonly crumbs?: readonly ConsoleLink[];
}

/** A link below the issuer; the path is encoded already. */
export interface ConsoleLink {
  readonly href: string;
  readonly text: string;
  /** Not what most people come for. */
  readonly quiet?: boolean;
}

/** Something that is shown: exactly one of the first four, and where it leads. */
export interface ConsoleValue {
  readonly text?: string;
  /** As it is, line by line, in a fixed width. */
  readonly code?: string;
  /** In place of code that is long: opened, it shows it. */
  readonly summary?: string;
  readonly tags?: readonly string[];
  /** An instant. */
  readonly at?: string;
  readonly href?: string;
}

export interface ConsoleTable {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly cells: readonly ConsoleValue[] }[];
}

/** One control of a form. The kind decides which of the rest counts. */
export interface ConsoleField {
  readonly kind: 'input' | 'lines' | 'select' | 'switch' | 'checks';
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly error?: string;
  /** Of an input. */
  readonly type?: string;
  readonly required?: boolean;
  /** Of an input or a text of several lines. */
  readonly value?: string;
  /** Of a switch. */
  readonly checked?: boolean;
  /** Of a choice. */
  readonly options?: readonly { readonly value: string; readonly label: string; readonly chosen: boolean }[];
}

export interface ConsoleOverviewContext extends ConsolePageContext {
  readonly counts: readonly (ConsoleLink & { readonly count: string })[];
  readonly latest: ConsoleTable;
}

/** A list, with a form that narrows it by GET. */
export interface ConsoleListContext extends ConsolePageContext {
  readonly intro?: string;
  readonly actions: readonly ConsoleLink[];
  /** Where the filters are sent to; absent: there are none. */
  readonly filter?: { readonly href: string; readonly fields: readonly ConsoleField[] };
  readonly table: ConsoleTable;
  /** Which part of how many. */
  readonly extent?: string;
  readonly previous?: string;
  readonly next?: string;
}

export interface ConsoleDetailContext extends ConsolePageContext {
  /** Shown by this answer only. */
  readonly secret?: { readonly title: string; readonly text: string; readonly value: string };
  readonly facts: readonly { readonly label: string; readonly value: ConsoleValue }[];
  readonly tables: readonly (ConsoleTable & {
    readonly id: string;
    readonly heading: string;
    /** A form of one field below the table. */
    readonly add?: {
      readonly href: string;
      readonly field: string;
      readonly label: string;
      readonly submit: string;
    };
  })[];
  readonly actions: readonly (ConsoleLink & { readonly id: string; readonly danger?: boolean })[];
}

/** Posts `csrf`, `fields` and the controls to `action`. */
export interface ConsoleFormContext extends ConsolePageContext {
  readonly action: string;
  readonly submit: string;
  readonly cancel: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly groups: readonly {
    readonly legend: string;
    readonly controls: readonly ConsoleField[];
    /** Shown closed, unless it is open. */
    readonly folded?: boolean;
    readonly open?: boolean;
  }[];
  /** What is to be looked at again. */
  readonly faults: readonly { readonly field: string; readonly text: string }[];
}

/** Posts `csrf` and `fields` to `action`. */
export interface ConsoleConfirmContext extends ConsolePageContext {
  readonly question: string;
  readonly text: string;
  readonly facts: readonly { readonly label: string; readonly value: ConsoleValue }[];
  readonly action: string;
  readonly submit: string;
  readonly cancel: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly danger: boolean;
}

/** The context of each template of the console, by the template's file name. */
export interface ConsoleContexts {
  readonly 'console-overview': ConsoleOverviewContext;
  readonly 'console-list': ConsoleListContext;
  readonly 'console-detail': ConsoleDetailContext;
  readonly 'console-form': ConsoleFormContext;
  readonly 'console-confirm': ConsoleConfirmContext;
}
