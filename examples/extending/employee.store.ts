import { Injectable } from '@nestjs/common';
import { UserStore } from 'gatehouse';
import type { User } from 'gatehouse';
import { Employees } from './employees.js';
import type { Employee } from './employees.js';

@Injectable()
export class EmployeeStore extends UserStore {
  constructor(private readonly employees: Employees) {
    super();
  }

  async findBySubject(subject: string): Promise<User | null> {
    return toUser(await this.employees.byNumber(subject));
  }

  async authenticate(username: string, password: string): Promise<User | null> {
    return toUser(await this.employees.byPassword(username, password));
  }
}

const toUser = (one: Employee | null): User | null =>
  one && { subject: one.number, username: one.login, claims: { name: one.name }, roles: [] };
