# A bank ledger: n deposits, withdrawals and transfers, some of them refused, with monthly interest and statements
ACCOUNTS = 60
MONTH = 400  # operations from one month's end to the next
MODULUS = 1000000007

OWNERS = ["Adams", "Bertini", "Chen", "Dubois", "Eriksen", "Fischer", "Gupta"]
seed = 7


def random(limit):
    global seed
    seed = seed * 16807 % 2147483647
    return seed % limit


def money(cents):
    sign = "-" if cents < 0 else ""
    value = abs(cents)
    return f"{sign}{value // 100}.{value % 100:02d}"


def account_id(number):
    return f"AC-{1000 + number}"


class Refused(Exception):
    pass


class InvalidAmount(Refused):
    pass


class FrozenAccount(Refused):
    pass


class InsufficientFunds(Refused):
    pass


class UnknownAccount(Refused):
    pass


class Entry:
    def __init__(self, day, kind, amount, balance):
        self.day = day
        self.kind = kind
        self.amount = amount
        self.balance = balance


class Account:
    def __init__(self, id, owner, savings, overdraft):
        self.id = id
        self.owner = owner
        self.savings = savings
        self.overdraft = overdraft
        self.balance = 0
        self.frozen = False
        self.entries = []

    def record(self, day, kind, amount):
        self.balance += amount
        self.entries.append(Entry(day, kind, amount, self.balance))

    def check(self, amount):
        if amount <= 0:
            raise InvalidAmount(f"{money(amount)} is not a positive amount")
        if self.frozen:
            raise FrozenAccount(f"account {self.id} is frozen")

    def deposit(self, day, amount, kind="deposit"):
        self.check(amount)
        self.record(day, kind, amount)

    def withdraw(self, day, amount, kind="withdrawal"):
        self.check(amount)
        if self.balance + self.overdraft < amount:
            raise InsufficientFunds(f"{self.id} has {money(self.balance)} but needs {money(amount)}")
        self.record(day, kind, -amount)

    def add_interest(self):
        interest = 0
        if self.balance < 0:
            interest = -(-self.balance * 18 // 1200)
        elif self.savings:
            interest = self.balance * 3 // 1200
        if interest != 0:
            self.record(30, "interest", interest)

    def statement(self, month):
        lines = [f"{self.id} {self.owner}, month {month}"]
        paid_in = 0
        paid_out = 0
        for e in self.entries:
            if e.amount > 0:
                paid_in += e.amount
            else:
                paid_out -= e.amount
            lines.append(f"{e.day:2d} {e.kind:<12} {money(e.amount):>10} {money(e.balance):>10}")
        lines.append(f"in {money(paid_in)}, out {money(paid_out)}, balance {money(self.balance)}")
        return lines


class Bank:
    def __init__(self):
        self.accounts = {}
        self.refused = {}
        self.attempts = 0
        self.bounced = 0
        self.checksum = 0

    def open(self, number):
        id = account_id(number)
        owner = OWNERS[number % len(OWNERS)]
        self.accounts[id] = Account(id, owner, savings=number % 3 == 0, overdraft=number % 4 * 20000)

    def find(self, id):
        account = self.accounts.get(id)
        if account is None:
            raise UnknownAccount(f"there is no account {id}")
        return account

    def transfer(self, day, from_id, to_id, amount):
        source = self.find(from_id)
        target = self.find(to_id)
        source.withdraw(day, amount, "transfer out")
        try:
            target.deposit(day, amount, "transfer in")
        except Refused:
            source.record(day, "returned", amount)
            raise

    def refuse(self, e):
        kind = type(e).__name__
        self.refused[kind] = self.refused.get(kind, 0) + 1
        self.add(len(str(e)))

    def add(self, value):
        self.checksum = (self.checksum * 31 + value) % MODULUS

    def close_month(self, month):
        for account in self.accounts.values():
            account.add_interest()
            lines = account.statement(month)
            self.add(len("\n".join(lines)))
            for c in lines[-1]:
                self.add(ord(c))
            account.entries = []
            account.frozen = False


def operate(bank, day):
    pick = random(100)
    id = account_id(random(ACCOUNTS + 1))
    amount = random(40000) - 300
    if pick < 29:
        bank.find(id).deposit(day, amount)
    elif pick < 60:
        bank.find(id).withdraw(day, amount)
    elif pick < 99:
        bank.transfer(day, id, account_id(random(ACCOUNTS)), amount)
    else:
        bank.find(id).frozen = True


def run(n):
    global seed
    seed = 7
    bank = Bank()
    for i in range(ACCOUNTS):
        bank.open(i)
    for i in range(n):
        try:
            operate(bank, 1 + i % MONTH * 30 // MONTH)
        except InsufficientFunds as e:
            bank.bounced += 1
            bank.refuse(e)
        except Refused as e:
            bank.refuse(e)
        finally:
            bank.attempts += 1
        if bank.attempts % MONTH == 0:
            bank.close_month(bank.attempts // MONTH)
    bank.close_month(0)
    for kind in sorted(bank.refused):
        bank.add(bank.refused[kind])
    bank.add(bank.bounced)
    return bank.checksum
