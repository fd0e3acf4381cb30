/** Adds a value to a statement under construction and returns its placeholder. */
export type Bind = (value: unknown) => string;

/** A statement under construction: its values in the order of their placeholders. */
export class Binding {
  readonly values: unknown[] = [];
  readonly bind: Bind = (value) => `$${this.values.push(value)}`;
}
