# a nightly bank batch: n nights of transaction lines, parsed, validated and posted, interest, rejected lines, sorted reports
import re
from collections import defaultdict
from dataclasses import dataclass

PENALTY = 1250
RATES = {"savings": 310, "checking": 25, "business": 40}  # basis points a year


# Amounts are in cents; interest is collected in cents * basis points a day and paid at the end of a month.
@dataclass
class Account:
    id: str
    branch: str
    kind: str
    balance: int
    overdraft: int
    is_closed: bool
    postings: int = 0
    interest: int = 0
    penalty: int = 0

    def post(self, amount):
        self.balance += amount
        self.postings += 1

    def covers(self, amount):
        return self.balance + self.overdraft >= amount

    def accrue(self):
        if self.balance >= 0:
            self.interest += self.balance * RATES[self.kind]
        else:
            self.penalty -= self.balance * PENALTY

    def pay_interest(self):
        self.balance += self.interest // 3_650_000 - self.penalty // 3_650_000
        self.interest = 0
        self.penalty = 0


@dataclass
class Reject:
    number: int
    reason: str
    line: str


def parse_amount(text):
    """The cents of an amount such as "120.50", or None."""
    match = re.fullmatch(r"(\d+)\.(\d\d)", text)
    return int(match[1]) * 100 + int(match[2]) if match else None


def money(cents):
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02}"


class Bank:
    def __init__(self, accounts):
        self.accounts = accounts

    def process(self, line):
        """Posts a transaction line such as "W;1007;120.50;;rent". Gives the reason if it is rejected, else None."""
        fields = line.split(";")
        if len(fields) != 5:
            return "wrong number of fields"
        kind, id, text, target_id, _ = fields
        account = self.accounts.get(id)
        if account is None:
            return "unknown account"
        if account.is_closed:
            return "closed account"
        amount = parse_amount(text)
        if not amount:
            return "bad amount"
        if kind == "D":
            account.post(amount)
        elif kind == "F":
            account.post(-amount)
        elif kind == "W":
            if not account.covers(amount):
                return "insufficient funds"
            account.post(-amount)
        elif kind == "T":
            target = self.accounts.get(target_id)
            if target is None or target.is_closed or target is account:
                return "bad target"
            if not account.covers(amount):
                return "insufficient funds"
            account.post(-amount)
            target.post(amount)
        else:
            return "unknown kind"
        return None

    def run_night(self, lines, is_month_end):
        """Processes the lines of a night and gives those that are rejected."""
        rejects = []
        for account in self.accounts.values():
            account.postings = 0
        for number, line in enumerate(lines, 1):
            reason = self.process(line)
            if reason is not None:
                rejects.append(Reject(number, reason, line))
        for account in self.accounts.values():
            account.accrue()
            if is_month_end:
                account.pay_interest()
        return rejects

    def report(self, night, rejects):
        """The active accounts by branch, the richest first, and the rejected lines by reason."""
        lines = [f"NIGHT {night}"]
        branches = defaultdict(list)
        for account in self.accounts.values():
            if account.postings > 0:
                branches[account.branch].append(account)
        for branch, accounts in sorted(branches.items()):
            for account in sorted(accounts, key=lambda account: (-account.balance, account.id)):
                lines.append(f"  {account.id} {account.kind:9}{account.postings:3}{money(account.balance):>14}")
            lines.append(f"{branch:16}{money(sum(account.balance for account in accounts)):>14}")
        for reject in sorted(rejects, key=lambda reject: (reject.reason, reject.number)):
            lines.append(f"! {reject.reason}: line {reject.number}, {reject.line}")
        return lines


def make_accounts(random):
    accounts = {}
    for i in range(60):
        id = str(1000 + i)
        kind = ["savings", "checking", "business"][random(3)]
        overdraft = 0 if kind == "savings" else 50000
        branch = ["Northgate", "Harbour", "Old Town", "Mill Lane", "Station"][random(5)]
        accounts[id] = Account(id, branch, kind, random(500000), overdraft, is_closed=random(20) == 0)
    return accounts


def make_line(random):
    """One line of ten has a random mistake."""
    kind = ["D", "D", "W", "W", "W", "T", "T", "F"][random(8)]
    id = str(1000 + random(60))
    amount = money(1 + random(500) if kind == "F" else 1 + random(90000))
    target = str(1000 + random(60)) if kind == "T" else ""
    memo = ["rent", "wages", "groceries", "invoice", "savings plan"][random(5)]
    match random(50):
        case 0:
            return f"{kind};{id};{amount};{target}"
        case 1:
            return f"{kind};{id};{amount.replace('.', ',')};{target};{memo}"
        case 2:
            return f"X;{id};{amount};{target};{memo}"
        case 3:
            return f"{kind};9{id};{amount};{target};{memo}"
        case 4:
            return f"{kind};{id};-{amount};{target};{memo}"
        case _:
            return f"{kind};{id};{amount};{target};{memo}"


def run(n):
    seed = 42

    def random(limit):
        nonlocal seed
        seed = seed * 16807 % 2147483647
        return seed % limit

    bank = Bank(make_accounts(random))
    checksum = 0
    for night in range(1, n + 1):
        lines = [make_line(random) for _ in range(100)]
        rejects = bank.run_night(lines, night % 30 == 0)
        for line in bank.report(night, rejects):
            for c in line:
                checksum = (checksum * 31 + ord(c)) % 1000000007
    return checksum
