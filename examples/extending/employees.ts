import { Injectable } from '@nestjs/common';

export interface Employee {
  readonly number: string;
  readonly login: string;
  readonly name: string;
}

/** Stands for the table of a company's own. A real one compares a hash, and takes as long for whom it does not know. */
@Injectable()
export class Employees {
  private readonly rows = new Map<string, Employee & { readonly password: string }>();

  add(employee: Employee & { readonly password: string }): void {
    this.rows.set(employee.number, employee);
  }

  byNumber(number: string): Promise<Employee | null> {
    return Promise.resolve(this.rows.get(number) ?? null);
  }

  byPassword(login: string, password: string): Promise<Employee | null> {
    const found = [...this.rows.values()].find((row) => row.login === login && row.password === password);
    return Promise.resolve(found ?? null);
  }
}
