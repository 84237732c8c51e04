// a nightly bank batch: n nights of transaction lines, parsed, validated and posted, interest, rejected lines, sorted reports
const PENALTY = 1250;
const rates = { savings: 310, checking: 25, business: 40 }; // basis points a year

// Amounts are in cents; interest is collected in cents * basis points a day and paid at the end of a month.
class Account {
  constructor(id, branch, kind, balance, overdraft, isClosed) {
    this.id = id;
    this.branch = branch;
    this.kind = kind;
    this.balance = balance;
    this.overdraft = overdraft;
    this.isClosed = isClosed;
    this.postings = 0;
    this.interest = 0;
    this.penalty = 0;
  }

  post(amount) {
    this.balance += amount;
    this.postings++;
  }

  covers(amount) { return this.balance + this.overdraft >= amount; }

  accrue() {
    if (this.balance >= 0) this.interest += this.balance * rates[this.kind];
    else this.penalty -= this.balance * PENALTY;
  }

  payInterest() {
    this.balance += Math.floor(this.interest / 3_650_000) - Math.floor(this.penalty / 3_650_000);
    this.interest = 0;
    this.penalty = 0;
  }
}

// The cents of an amount such as "120.50", or null.
function parseAmount(text) {
  const match = /^(\d+)\.(\d\d)$/.exec(text);
  return match === null ? null : Number(match[1]) * 100 + Number(match[2]);
}

function money(cents) {
  const sign = cents < 0 ? "-" : "";
  const amount = Math.abs(cents);
  return `${sign}${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, "0")}`;
}

const compare = (a, b) => a < b ? -1 : a > b ? 1 : 0;

class Bank {
  constructor(accounts) { this.accounts = accounts; }

  // Posts a transaction line such as "W;1007;120.50;;rent". Gives the reason if it is rejected, else null.
  process(line) {
    const fields = line.split(";");
    if (fields.length !== 5) return "wrong number of fields";
    const [kind, id, text, targetId] = fields;
    const account = this.accounts.get(id);
    if (account === undefined) return "unknown account";
    if (account.isClosed) return "closed account";
    const amount = parseAmount(text);
    if (amount === null || amount === 0) return "bad amount";
    switch (kind) {
      case "D":
        account.post(amount);
        break;
      case "F":
        account.post(-amount);
        break;
      case "W":
        if (!account.covers(amount)) return "insufficient funds";
        account.post(-amount);
        break;
      case "T": {
        const target = this.accounts.get(targetId);
        if (target === undefined || target.isClosed || target === account) return "bad target";
        if (!account.covers(amount)) return "insufficient funds";
        account.post(-amount);
        target.post(amount);
        break;
      }
      default:
        return "unknown kind";
    }
    return null;
  }

  // Processes the lines of a night and gives those that are rejected.
  runNight(lines, isMonthEnd) {
    const rejects = [];
    for (const account of this.accounts.values()) account.postings = 0;
    lines.forEach((line, i) => {
      const reason = this.process(line);
      if (reason !== null) rejects.push({ number: i + 1, reason, line });
    });
    for (const account of this.accounts.values()) {
      account.accrue();
      if (isMonthEnd) account.payInterest();
    }
    return rejects;
  }

  // The active accounts by branch, the richest first, and the rejected lines by reason.
  report(night, rejects) {
    const lines = [`NIGHT ${night}`];
    const branches = new Map();
    for (const account of this.accounts.values()) {
      if (account.postings === 0) continue;
      if (!branches.has(account.branch)) branches.set(account.branch, []);
      branches.get(account.branch).push(account);
    }
    for (const branch of [...branches.keys()].sort()) {
      const accounts = branches.get(branch).sort((a, b) => b.balance - a.balance || compare(a.id, b.id));
      for (const { id, kind, postings, balance } of accounts) {
        lines.push(`  ${id} ${kind.padEnd(9)}${String(postings).padStart(3)}${money(balance).padStart(14)}`);
      }
      const total = accounts.reduce((sum, account) => sum + account.balance, 0);
      lines.push(`${branch.padEnd(16)}${money(total).padStart(14)}`);
    }
    const sorted = rejects.toSorted((a, b) => compare(a.reason, b.reason) || a.number - b.number);
    for (const { number, reason, line } of sorted) lines.push(`! ${reason}: line ${number}, ${line}`);
    return lines;
  }
}

function makeAccounts(random) {
  const accounts = new Map();
  for (let i = 0; i < 60; i++) {
    const id = String(1000 + i);
    const kind = ["savings", "checking", "business"][random(3)];
    const overdraft = kind === "savings" ? 0 : 50000;
    const branch = ["Northgate", "Harbour", "Old Town", "Mill Lane", "Station"][random(5)];
    accounts.set(id, new Account(id, branch, kind, random(500000), overdraft, random(20) === 0));
  }
  return accounts;
}

// One line of ten has a random mistake.
function makeLine(random) {
  const kind = ["D", "D", "W", "W", "W", "T", "T", "F"][random(8)];
  const id = String(1000 + random(60));
  const amount = money(kind === "F" ? 1 + random(500) : 1 + random(90000));
  const target = kind === "T" ? String(1000 + random(60)) : "";
  const memo = ["rent", "wages", "groceries", "invoice", "savings plan"][random(5)];
  switch (random(50)) {
    case 0: return `${kind};${id};${amount};${target}`;
    case 1: return `${kind};${id};${amount.replace(".", ",")};${target};${memo}`;
    case 2: return `X;${id};${amount};${target};${memo}`;
    case 3: return `${kind};9${id};${amount};${target};${memo}`;
    case 4: return `${kind};${id};-${amount};${target};${memo}`;
    default: return `${kind};${id};${amount};${target};${memo}`;
  }
}

function run(n) {
  let seed = 42;
  const random = (limit) => {
    seed = seed * 16807 % 2147483647;
    return seed % limit;
  };
  const bank = new Bank(makeAccounts(random));
  let checksum = 0;
  for (let night = 1; night <= n; night++) {
    const lines = Array.from({ length: 100 }, () => makeLine(random));
    const rejects = bank.runNight(lines, night % 30 === 0);
    for (const line of bank.report(night, rejects)) {
      for (const c of line) checksum = (checksum * 31 + c.charCodeAt(0)) % 1000000007;
    }
  }
  return checksum;
}
