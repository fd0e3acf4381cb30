import { Injectable, Module } from '@nestjs/common';
import { UserStore } from 'gatehouse';
import type { User } from 'gatehouse';

interface Employee {
  readonly number: string;
  readonly name: string;
  readonly password: string;
  readonly isPresent: boolean;
}

/** Stands for the users that your application has already. */
@Injectable()
export class Employees extends UserStore {
  private readonly all = new Map<string, Employee>();

  hire(number: string, name: string, password: string): void {
    this.all.set(number, { number, name, password, isPresent: true });
  }

  dismiss(number: string): void {
    this.all.delete(number);
  }

  override findBySubject(subject: string): Promise<User | null> {
    return Promise.resolve(toUser(this.all.get(subject)));
  }

  override authenticate(username: string, password: string): Promise<User | null> {
    const employees = [...this.all.values()];
    return Promise.resolve(
      toUser(employees.find((one) => one.name === username && one.password === password)),
    );
  }
}

const toUser = (employee: Employee | undefined): User | null =>
  employee
    ? { subject: employee.number, username: employee.name, claims: { name: employee.name }, roles: [] }
    : null;

@Module({ providers: [Employees], exports: [Employees] })
export class EmployeesModule {}
