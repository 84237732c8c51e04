// A bank ledger: n deposits, withdrawals and transfers, some of them refused, with monthly interest and statements
const ACCOUNTS = 60;
const MONTH = 400; // operations from one month's end to the next
const MODULUS = 1000000007;

const owners = ["Adams", "Bertini", "Chen", "Dubois", "Eriksen", "Fischer", "Gupta"];
let seed = 7;

function random(limit) {
  seed = seed * 16807 % 2147483647;
  return seed % limit;
}

function money(cents) {
  const sign = cents < 0 ? "-" : "";
  const value = Math.abs(cents);
  return `${sign}${Math.floor(value / 100)}.${String(value % 100).padStart(2, "0")}`;
}

const accountId = (number) => `AC-${1000 + number}`;

class Refused extends Error {
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}

class Account {
  constructor(id, owner, savings, overdraft) {
    this.id = id;
    this.owner = owner;
    this.savings = savings;
    this.overdraft = overdraft;
    this.balance = 0;
    this.frozen = false;
    this.entries = [];
  }

  record(day, kind, amount) {
    this.balance += amount;
    this.entries.push({ day, kind, amount, balance: this.balance });
  }

  check(amount) {
    if (amount <= 0) throw new Refused("InvalidAmount", `${money(amount)} is not a positive amount`);
    if (this.frozen) throw new Refused("FrozenAccount", `account ${this.id} is frozen`);
  }

  deposit(day, amount, kind = "deposit") {
    this.check(amount);
    this.record(day, kind, amount);
  }

  withdraw(day, amount, kind = "withdrawal") {
    this.check(amount);
    if (this.balance + this.overdraft < amount) {
      throw new Refused("InsufficientFunds", `${this.id} has ${money(this.balance)} but needs ${money(amount)}`);
    }
    this.record(day, kind, -amount);
  }

  addInterest() {
    let interest = 0;
    if (this.balance < 0) interest = -Math.floor(-this.balance * 18 / 1200);
    else if (this.savings) interest = Math.floor(this.balance * 3 / 1200);
    if (interest !== 0) this.record(30, "interest", interest);
  }

  statement(month) {
    const lines = [`${this.id} ${this.owner}, month ${month}`];
    let paidIn = 0;
    let paidOut = 0;
    for (const e of this.entries) {
      if (e.amount > 0) paidIn += e.amount;
      else paidOut -= e.amount;
      const day = String(e.day).padStart(2);
      lines.push(`${day} ${e.kind.padEnd(12)} ${money(e.amount).padStart(10)} ${money(e.balance).padStart(10)}`);
    }
    lines.push(`in ${money(paidIn)}, out ${money(paidOut)}, balance ${money(this.balance)}`);
    return lines;
  }
}

class Bank {
  constructor() {
    this.accounts = new Map();
    this.refused = new Map();
    this.attempts = 0;
    this.bounced = 0;
    this.checksum = 0;
  }

  open(number) {
    const id = accountId(number);
    const owner = owners[number % owners.length];
    this.accounts.set(id, new Account(id, owner, number % 3 === 0, number % 4 * 20000));
  }

  find(id) {
    const account = this.accounts.get(id);
    if (account === undefined) throw new Refused("UnknownAccount", `there is no account ${id}`);
    return account;
  }

  transfer(day, fromId, toId, amount) {
    const source = this.find(fromId);
    const target = this.find(toId);
    source.withdraw(day, amount, "transfer out");
    try {
      target.deposit(day, amount, "transfer in");
    } catch (e) {
      source.record(day, "returned", amount);
      throw e;
    }
  }

  refuse(e) {
    this.refused.set(e.kind, (this.refused.get(e.kind) ?? 0) + 1);
    this.add(e.message.length);
  }

  add(value) {
    this.checksum = (this.checksum * 31 + value) % MODULUS;
  }

  closeMonth(month) {
    for (const account of this.accounts.values()) {
      account.addInterest();
      const lines = account.statement(month);
      this.add(lines.join("\n").length);
      for (const c of lines[lines.length - 1]) this.add(c.charCodeAt(0));
      account.entries = [];
      account.frozen = false;
    }
  }
}

function operate(bank, day) {
  const pick = random(100);
  const id = accountId(random(ACCOUNTS + 1));
  const amount = random(40000) - 300;
  if (pick < 29) {
    bank.find(id).deposit(day, amount);
  } else if (pick < 60) {
    bank.find(id).withdraw(day, amount);
  } else if (pick < 99) {
    bank.transfer(day, id, accountId(random(ACCOUNTS)), amount);
  } else {
    bank.find(id).frozen = true;
  }
}

function run(n) {
  seed = 7;
  const bank = new Bank();
  for (let i = 0; i < ACCOUNTS; i++) bank.open(i);
  for (let i = 0; i < n; i++) {
    try {
      operate(bank, 1 + Math.floor(i % MONTH * 30 / MONTH));
    } catch (e) {
      if (!(e instanceof Refused)) throw e;
      if (e.kind === "InsufficientFunds") bank.bounced++;
      bank.refuse(e);
    } finally {
      bank.attempts++;
    }
    if (bank.attempts % MONTH === 0) bank.closeMonth(bank.attempts / MONTH);
  }
  bank.closeMonth(0);
  for (const kind of [...bank.refused.keys()].sort()) bank.add(bank.refused.get(kind));
  bank.add(bank.bounced);
  return bank.checksum;
}
