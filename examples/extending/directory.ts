import { Injectable } from '@nestjs/common';

/** Stands for whatever a company knows of its people, and keeps elsewhere. */
@Injectable()
export class Directory {
  private readonly departments = new Map<string, string>();
  private readonly pins = new Map<string, string>();
  private readonly readers = new Set<string>();

  place(subject: string, department: string): void {
    this.departments.set(subject, department);
  }

  departmentOf(subject: string): Promise<string | undefined> {
    return Promise.resolve(this.departments.get(subject));
  }

  givePin(subject: string, pin: string): void {
    this.pins.set(subject, pin);
  }

  hasPin(subject: string): boolean {
    return this.pins.has(subject);
  }

  /** A real one counts the attempts, and compares a hash. */
  isPin(subject: string, pin: string | undefined): boolean {
    return pin !== undefined && this.pins.get(subject) === pin;
  }

  hasReadTerms(subject: string): boolean {
    return this.readers.has(subject);
  }

  noteTermsRead(subject: string): void {
    this.readers.add(subject);
  }
}
